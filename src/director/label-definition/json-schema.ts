/** What is wrong with a JSON schema itself, in the words of the validator that the wire shows (`reference: facts/applications.md 8`). */
const PRIMITIVES = ['array', 'boolean', 'integer', 'number', 'null', 'object', 'string'];
const INTEGERS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'];

type Schema = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

function isPattern(text: unknown): boolean {
  try {
    return typeof text === 'string' && Boolean(new RegExp(text, 'u'));
  } catch {
    return false;
  }
}

function typeFault(type: unknown): string | undefined {
  const names = Array.isArray(type) ? type : [type];
  const wrong = names.find((name) => !PRIMITIVES.includes(name as string));
  return wrong === undefined
    ? undefined
    : `has a primitive type that is NOT VALID -- given: /${String(wrong)}/ Expected valid values are:[${PRIMITIVES.join(' ')}]`;
}

function nestedFault({ properties, items }: Schema): string | undefined {
  const nested = [
    ...(isObject(properties) ? Object.values(properties) : []),
    ...(Array.isArray(items) ? items : items === undefined ? [] : [items]),
  ];
  for (const schema of nested) {
    const fault = jsonSchemaFault(schema);
    if (fault) return fault;
  }
  return undefined;
}

const repeats = (values: unknown) => Array.isArray(values) && new Set(values.map((value) => JSON.stringify(value))).size < values.length;

/** The first fault that is found; undefined for a schema. */
export function jsonSchemaFault(schema: unknown): string | undefined {
  if (typeof schema === 'boolean') return undefined;
  if (!isObject(schema)) return 'schema is invalid';
  const wrongType = Object.hasOwn(schema, 'type') ? typeFault(schema['type']) : undefined;
  if (wrongType) return wrongType;
  const nested = nestedFault(schema);
  if (nested) return nested;
  if (Object.hasOwn(schema, 'pattern') && !isPattern(schema['pattern'])) return 'pattern must be a valid regex';
  const noInteger = INTEGERS.find((key) => Object.hasOwn(schema, key) && !Number.isInteger(schema[key]));
  if (noInteger) return `${noInteger} must be of an integer`;
  if (Object.hasOwn(schema, 'uniqueItems') && typeof schema['uniqueItems'] !== 'boolean') return 'uniqueItems must be of a boolean';
  return repeats(schema['enum']) ? 'enum items must be unique' : undefined;
}
