/** What a label definition must look like: only that of the formations' names can be given, and only in one form (`reference: facts/applications.md 8`). */
import { isObject } from '../../text/json.ts';
import { SCENARIOS } from '../label/rules.ts';
import type { LabelDefinitionInput } from '../schema/types.generated.ts';
import { type Faults, faultsOf, first, oneOf, required } from '../validation.ts';
import { jsonSchemaFault } from './json-schema.ts';
import { LONGEST_SCENARIO_NAME, SCENARIO_NAME, SCENARIO_NAME_PATTERN } from './schema-text.ts';

type Members = Readonly<Record<string, unknown>>;

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;
}

const wrongType = (path: string, expected: string, value: unknown) =>
  `${path}: Invalid type. Expected: ${expected}, given: ${typeOf(value)}`;

/** What is missing in an object, and what does not belong there. */
const memberFaults = (path: string, members: Members, needed: readonly string[], allowed: readonly string[]): string[] => [
  ...needed.filter((key) => !Object.hasOwn(members, key)).map((key) => `${path}: ${key} is required`),
  ...Object.keys(members)
    .filter((key) => !allowed.includes(key))
    .map((key) => `${path}: Additional property ${key} is not allowed`),
];

const constant = (path: string, members: Members, key: string, value: unknown): string[] =>
  !Object.hasOwn(members, key) || members[key] === value ? [] : [`${path}${key}: ${path}${key} does not match: ${JSON.stringify(value)}`];

function nameFaults(name: unknown, index: number): string[] {
  const path = `items.enum.${index}`;
  if (typeof name !== 'string') return [wrongType(path, 'string', name)];
  return [
    ...([...name].length > LONGEST_SCENARIO_NAME ? [`${path}: String length must be less than or equal to ${LONGEST_SCENARIO_NAME}`] : []),
    ...(SCENARIO_NAME.test(name) ? [] : [`${path}: Does not match pattern '${SCENARIO_NAME_PATTERN}'`]),
  ];
}

function listFaults(names: unknown): string[] {
  if (!Array.isArray(names)) return [wrongType('items.enum', 'array', names)];
  return names.length === 0 ? ['items.enum: At least one of the items must match'] : names.flatMap(nameFaults);
}

function itemFaults(items: unknown): string[] {
  if (!isObject(items)) return [wrongType('items', 'object', items)];
  return [
    ...memberFaults('items', items, ['type', 'enum'], ['type', 'enum', 'pattern', 'maxLength']),
    ...constant('items.', items, 'type', 'string'),
    ...(Object.hasOwn(items, 'enum') ? listFaults(items['enum']) : []),
    ...constant('items.', items, 'pattern', SCENARIO_NAME_PATTERN),
    ...constant('items.', items, 'maxLength', LONGEST_SCENARIO_NAME),
  ];
}

/** What keeps a JSON schema from being one of formations' names. */
export function scenariosSchemaFaults(schema: unknown): string[] {
  if (!isObject(schema)) return [wrongType('(root)', 'object', schema)];
  const members = ['type', 'minItems', 'uniqueItems', 'items'];
  return [
    ...memberFaults('(root)', schema, members, members),
    ...constant('', schema, 'type', 'array'),
    ...constant('', schema, 'minItems', 1),
    ...constant('', schema, 'uniqueItems', true),
    ...(Object.hasOwn(schema, 'items') ? itemFaults(schema['items']) : []),
  ];
}

function schemaFault({ key, schema: text }: LabelDefinitionInput): string | undefined {
  const prefix = `while validating schema for key ${SCENARIOS}: `;
  if (text === undefined || text === null) return key === SCENARIOS ? `${prefix}Internal Server Error: schema can not be nil` : undefined;
  const schema: unknown = JSON.parse(text);
  const fault = jsonSchemaFault(schema);
  if (fault) return `while validating schema: [${text}]: ${fault}`;
  const faults = key === SCENARIOS ? scenariosSchemaFaults(schema) : [];
  return faults.length > 0 ? prefix + faults.join(', ') : undefined;
}

export const labelDefinitionFaults = (input: LabelDefinitionInput): Faults | undefined =>
  faultsOf({ key: first(input.key, required, oneOf(SCENARIOS)), 'rule.validSchema': schemaFault(input) });
