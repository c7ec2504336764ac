/** Placeholders of a template: where they stand in its application input, and how values take their place (`reference: facts/applications.md 5.2, 6`). */
import { messageOf } from '../errors.ts';
import { sortedJson } from '../texts/json-text.ts';
import type { ApplicationJsonInput, PlaceholderDefinitionInput } from '../schema/types.generated.ts';

/** Fields of a webhook in which `{{…}}` belongs to a template language of its own. */
const WEBHOOK_TEMPLATES = new Set(['inputTemplate', 'urlTemplate', 'headerTemplate', 'outputTemplate', 'statusTemplate']);

/** The order in which an undefined placeholder is looked for. */
const FIELDS = [
  'name',
  'providerName',
  'description',
  'labels',
  'webhooks',
  'healthCheckURL',
  'baseUrl',
  'applicationNamespace',
  'integrationSystemID',
  'statusCondition',
  'localTenantID',
  'bundles',
] as const satisfies readonly (keyof ApplicationJsonInput)[];

function* textsIn(value: unknown, leaveOut: ReadonlySet<string>): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item, leaveOut);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) {
      if (leaveOut.has(key)) continue;
      yield key;
      yield* textsIn(inner, leaveOut);
    }
}

function* textsOf(input: ApplicationJsonInput, leaveOut: ReadonlySet<string>): Generator<string> {
  for (const field of FIELDS) {
    const value: unknown = field === 'labels' && input.labels ? JSON.parse(sortedJson(input.labels)) : input[field];
    yield* textsIn(value, field === 'webhooks' ? leaveOut : NOTHING);
  }
}

const NOTHING: ReadonlySet<string> = new Set();

/** A name that occurs twice. */
function repeated(placeholders: readonly PlaceholderDefinitionInput[]): string | undefined {
  const seen = new Set<string>();
  for (const { name } of placeholders) {
    if (seen.has(name)) return `placeholder [name=${name}] not unique`;
    seen.add(name);
  }
  return undefined;
}

function unused(placeholders: readonly PlaceholderDefinitionInput[], input: ApplicationJsonInput): string | undefined {
  const texts = [...textsOf(input, NOTHING)];
  const { name } = placeholders.find((placeholder) => !texts.some((text) => text.includes(`{{${placeholder.name}}}`))) ?? {};
  return name === undefined ? undefined : messageOf('application input does not use provided placeholder', { name });
}

function undefinedIn(placeholders: readonly PlaceholderDefinitionInput[], input: ApplicationJsonInput): string | undefined {
  const defined = new Set(placeholders.map((placeholder) => placeholder.name));
  for (const text of textsOf(input, WEBHOOK_TEMPLATES))
    for (const [, name = ''] of text.matchAll(/\{\{([^.}]*)\}\}/g)) {
      if (name === '') return 'Empty placeholder [name=] provided in the Application Input';
      if (!defined.has(name))
        return `Placeholder [name=${name}] is used in the application input but it is not defined in the Placeholders array`;
    }
  return undefined;
}

/** What is wrong with the placeholders of a template: one twice, one unused, or one that is not defined. */
export const placeholdersFault = (placeholders: readonly PlaceholderDefinitionInput[], input: ApplicationJsonInput): string | undefined =>
  repeated(placeholders) ?? unused(placeholders, input) ?? undefinedIn(placeholders, input);

function filled(value: unknown, mark: string, text: string): unknown {
  if (typeof value === 'string') return value.replaceAll(mark, () => text);
  if (Array.isArray(value)) return value.map((item) => filled(item, mark, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [filled(key, mark, text), filled(inner, mark, text)]));
}

function withValue(input: ApplicationJsonInput, name: string, text: string): ApplicationJsonInput {
  const mark = `{{${name}}}`;
  const labels = Object.entries(input.labels ?? {}).filter(([, value]) => text !== '' || value !== mark);
  return filled({ ...input, labels: Object.fromEntries(labels) }, mark, text) as ApplicationJsonInput;
}

/**
 * The application input with values in place of its placeholders, one placeholder after the other: a value may hold a later one.
 * A label that is nothing but a placeholder without a value is left out.
 */
export const fillPlaceholders = (input: ApplicationJsonInput, values: Readonly<Record<string, string>>): ApplicationJsonInput =>
  Object.entries(values).reduce((partly, [name, text]) => withValue(partly, name, text), input);
