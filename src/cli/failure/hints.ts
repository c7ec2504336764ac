/** What to do about refusals of the Director: the command that would work, where the words of the refusal tell. */
import { Failure } from './failure.ts';

const HINTS: readonly (readonly [RegExp, string | ((...found: string[]) => string)])[] = [
  [
    /\[object=applicationLabel\]/,
    'The application has no type: `compass app label set NAME applicationType TYPE`, with a type of the formation template.',
  ],
  [
    /\[object=runtimeLabel\]/,
    'The runtime has no type: provisioned runtimes (`compass runtime provision`) and subscribed ones get theirs.',
  ],
  [
    /System (.+) is part of the following formations : (.+?)(?:, .*)?\]/,
    (_, system, formation) => `Take it out first: \`compass formation unassign ${quoted(formation!)} --app ${quoted(system!)}\`.`,
  ],
  [
    /not unique \[object=(app|runtime|formationTemplate)?[wW]ebhook\]/,
    'It has a webhook of that type: `compass webhook list` shows it, `compass webhook delete` takes it away, `compass webhook update` changes it.',
  ],
  [
    /cannot delete formation .* because it is not empty/,
    'Take out who is in it first: `compass formation get NAME` tells who, `compass formation unassign NAME` takes out.',
  ],
  [/asynchronous mode is switched off/, 'Start the plane with `compass serve --async`.'],
  [/value for placeholder name '([^']+)' not found/, (_, name) => `Give it a value: \`--value ${name}=VALUE\`.`],
  [
    /no input parameters were provided/,
    'Pass them with `--parameters JSON`; `compass bundle get NAME --app APP --output json` shows the schema.',
  ],
  [/the payload has (?:nothing|no plain value) at (\S+)/, (_, path) => `Put a text, number or truth value at ${path}, or use --value.`],
  [/cannot be merged: (\S+) is in no formation/, (_, id) => `Put it into one first: \`compass formation assign FORMATION --app ${id}\`.`],
  [/application template with .* not found/, 'See `compass app-template list`.'],
  [
    /\[object=applicationTemplate; reason=The record cannot be deleted/,
    'Applications of it are there: `compass app list` shows them, `compass app unregister NAME` takes one away.',
  ],
  [
    /\[object=integrationSystem; reason=The record cannot be deleted/,
    'Applications or templates name it: `compass app list` shows them, `compass app unregister NAME` takes one away.',
  ],
  [
    /not unique \[object=package\]/,
    'Name the package that is there as `partOfPackage`: `compass integration-dependency list --app NAME --json` tells its id.',
  ],
  [
    /auth can be set only on BundleInstanceAuths in PENDING state/,
    'They were given, refused or given back: `compass bundle auth get ID` tells; `compass bundle auth request BUNDLE --app NAME` asks anew.',
  ],
  [
    /reason=JSON(?:Schema)? must be a text/,
    'JSON within an input is a text: write it in quotes there, or give it by its flag (--auth-schema, --parameters, --auth-context).',
  ],
  [/JSONSchema input is not a valid JSON/, 'Pass a schema as JSON, or the file that holds one: `@schema.json`.'],
];

/** Where the objects that the Director calls so are listed; what is within an application is not told which one. */
const LISTS: Readonly<Record<string, string>> = {
  application: 'app list',
  applicationTemplate: 'app-template list',
  runtime: 'runtime list',
  runtimeContext: 'runtime context list RUNTIME',
  tenant: 'tenant list',
  integrationSystem: 'integration-system list',
  formation: 'formation list',
  formations: 'formation list',
  formationTemplate: 'formation-template list',
  formationConstraint: 'constraint list',
  labelDefinition: 'label-definition list',
  certSubjectMapping: 'cert-mapping list',
  webhook: 'webhook list --app NAME',
  bundle: 'bundle list --app NAME',
  bundleInstanceAuth: 'bundle auth list BUNDLE --app NAME',
  api: 'api list --app NAME',
  eventDefinition: 'event list --app NAME',
  document: 'document list BUNDLE --app NAME',
  integrationDependency: 'integration-dependency list --app NAME',
  systemAuth: 'auth list --app NAME',
};

/** As a shell takes it. */
export const quoted = (word: string) => (/^[\w.:/-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);

/** Undefined where the words do not tell. */
export function hintFor(message: string): string | undefined {
  for (const [words, hint] of HINTS) {
    const found = words.exec(message);
    if (found) return typeof hint === 'string' ? hint : hint(...found);
  }
  const list = LISTS[/^Object not found \[(?:ID=[^;\]]*; )?object=(\w+)\]/.exec(message)?.[1] ?? ''];
  return list === undefined ? undefined : `See \`compass ${list}\`.`;
}

interface Flag {
  readonly helpValue?: string | string[] | undefined;
  readonly type?: string;
}

/** Fields of inputs whose flags are not called as they are, with those that give them somewhere. */
const FLAGS: Readonly<Record<string, string | readonly string[]>> = {
  applicationNamespace: 'namespace',
  instanceAuthRequestInputSchema: 'auth-schema',
  labels: 'label',
  inputParams: 'parameters',
  context: 'auth-context',
  version: ['api-version', 'event-version'],
  data: 'content',
  fetchRequest: 'content-url',
  templateName: 'template',
  values: 'value',
  schema: 'schema',
  'rule.validSchema': 'schema',
};

/** What gives the field: flags that may be of other commands. */
function flagsFor(field: string, message: string): readonly string[] {
  if (field === 'spec' && message.includes('spec=Rule.FetchRequest')) return ['spec-url'];
  const flags = FLAGS[field] ?? field.replaceAll(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  return typeof flags === 'string' ? [flags] : flags;
}

/** The fields that the Director names in a refusal of an input, or of variables that its schema does not take. */
const fieldsIn = (message: string): string[] => {
  const inner = /^Invalid data \w+ \[(.*)\]/s.exec(message)?.[1];
  if (inner !== undefined) return [...inner.matchAll(/(?:^|; )([\w.]+)=/g)].map(([, field]) => field!);
  const variable = /input: variable\.in\.(\w+)/.exec(message)?.[1];
  return variable === undefined ? [] : [variable];
};

/** A refusal of an input, with the flags and arguments that give the fields it names: what to type instead. */
export function withFlags(
  failure: Failure,
  command: string,
  flags: Readonly<Record<string, Flag>>,
  args: Readonly<Record<string, unknown>> = {},
): Failure {
  const { message } = failure;
  const fields = failure.code === 'invalid_data' ? fieldsIn(message) : [];
  if (fields.length === 0) return failure;
  const typed = fields.flatMap((field) => {
    if (field in args) return [field.toUpperCase()];
    const flag = flagsFor(field, message).find((one) => one in flags);
    return flag === undefined ? [] : [`--${flag} ${flags[flag]?.helpValue ?? ''}`.trim()];
  });
  const inFile = 'file' in flags && typed.length < fields.length;
  const parts = [
    ...(typed.length > 0 ? [`\`compass ${command} ${typed.join(' ')} …\``] : []),
    ...(inFile ? [`${typed.length > 0 ? 'and ' : ''}what the file of --file says there`] : []),
  ];
  const hint = parts.length > 0 ? `Correct ${parts.join(' ')}.` : failure.hint;
  return new Failure(failure.code, message, { hint, details: { ...failure.details, fields }, cause: failure.cause });
}
