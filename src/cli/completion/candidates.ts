/** What may stand at the end of a command line. */

/** The part of oclif's command that completion looks at. */
export interface CompletedCommand {
  readonly id: string;
  readonly hidden?: boolean | undefined;
  readonly flags: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly char?: string | undefined;
        readonly options?: readonly string[] | undefined;
        readonly allowNo?: boolean | undefined;
      }
    >
  >;
  readonly args: Readonly<Record<string, { readonly options?: readonly string[] | undefined }>>;
}

/** Kinds of objects whose names are asked of the plane, by the flag or argument that takes them. */
const NAMED = {
  app: 'application',
  application: 'application',
  into: 'application',
  runtime: 'runtime',
  formation: 'formation',
  template: 'formationTemplate',
  'formation-template': 'formationTemplate',
  'app-template': 'applicationTemplate',
  'integration-system': 'integrationSystem',
  system: 'integrationSystem',
  context: 'context',
  instance: 'context',
  tenant: 'tenantId',
  'tenant-name': 'tenant',
  bundle: 'bundle',
  api: 'api',
  event: 'event',
} as const;
export type NamedKind = (typeof NAMED)[keyof typeof NAMED];

export interface Candidates {
  readonly words: readonly string[];
  /** Objects whose names fit, too. */
  readonly kind?: NamedKind | undefined;
  /** The application that the line names: parts are named within theirs. */
  readonly app?: string | undefined;
}

/** `words` are all behind the program's name; the last one is being written and may be empty. */
export function candidates(words: readonly string[], commands: readonly CompletedCommand[]): Candidates {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const command = commandIn(before, commands);
  if (command === undefined) return { words: nextWords(before, commands) };
  const previous = before.at(-1) ?? '';
  const flag = flagOf(previous, command);
  const app = appIn(before);
  if (flag !== undefined && flag[1].type === 'option') return ofValue(flag[0], flag[1].options, app);
  if (current.startsWith('-')) return { words: flagWords(command) };
  const given = before
    .slice(command.id.split(':').length)
    .filter((word, index, all) => !word.startsWith('-') && !takesValue(all[index - 1], command));
  const argument = Object.entries(command.args)[given.length];
  if (argument === undefined) return { words: [] };
  // What `wait` waits for is of the kind that stands before it.
  const name = command.id === 'wait' && argument[0] === 'name' ? (given[0] ?? '') : nameIn(command, argument[0]);
  return ofValue(name, argument[1].options, app);
}

const flagWords = ({ flags }: CompletedCommand) =>
  Object.entries(flags).flatMap(([name, { allowNo }]) => (allowNo ? [`--${name}`, `--no-${name}`] : [`--${name}`]));

/** Which application the line is about. */
function appIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word === '--app' || word === '-a' || word.startsWith('--app='));
  return at === -1 ? undefined : words[at]!.startsWith('--app=') ? words[at]!.slice('--app='.length) : words[at + 1];
}

/** What arguments of a topic mean where their name alone does not tell. */
const OTHERWISE = [
  ['app-template', 'template', 'app-template'],
  ['context', 'name', 'context'],
  ['tenant', 'id', 'tenant-name'],
] as const;

const nameIn = ({ id }: CompletedCommand, name: string) =>
  OTHERWISE.find(([topic, called]) => id.startsWith(`${topic}:`) && name === called)?.[2] ?? name;

const WITHIN_APPLICATIONS: readonly (NamedKind | undefined)[] = ['bundle', 'api', 'event'];

function ofValue(name: string, options: readonly string[] | undefined, app: string | undefined): Candidates {
  if (options !== undefined) return { words: options };
  const kind = NAMED[name as keyof typeof NAMED];
  return { words: [], kind, ...(WITHIN_APPLICATIONS.includes(kind) && { app }) };
}

function flagOf(word: string, { flags }: CompletedCommand) {
  if (!word.startsWith('-')) return undefined;
  return Object.entries(flags).find(([name, { char }]) => word === `--${name}` || word === `-${char}`);
}

const takesValue = (word: string | undefined, command: CompletedCommand) =>
  word !== undefined && flagOf(word, command)?.[1].type === 'option';

/** The longest command that the words begin with. */
function commandIn(words: readonly string[], commands: readonly CompletedCommand[]): CompletedCommand | undefined {
  for (let length = words.length; length > 0; length--) {
    const id = words.slice(0, length).join(':');
    const found = commands.find((one) => one.id === id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Words that lead on to some command. */
function nextWords(words: readonly string[], commands: readonly CompletedCommand[]): string[] {
  const next = commands
    .filter(({ hidden }) => hidden !== true)
    .map(({ id }) => id.split(':'))
    .filter((parts) => parts.length > words.length && words.every((word, index) => parts[index] === word));
  return [...new Set(next.map((parts) => parts[words.length] ?? ''))].sort();
}
