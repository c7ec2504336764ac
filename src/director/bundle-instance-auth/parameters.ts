/** Parameters of a request for credentials against the JSON Schema that the bundle asks for (`reference: facts/bundles.md 9.2`). */
import { Ajv, type ErrorObject } from 'ajv';
import { isObject } from '../../text/json.ts';
import { invalidData } from '../errors.ts';
import { jsonSchemaFault } from '../label-definition/json-schema.ts';
import { FORMATS } from './formats.ts';
import { patternEngine } from './patterns.ts';

type Schema = boolean | Readonly<Record<string, unknown>>;

/** Their members are schemas under names of the caller's, no keywords. */
const NAMED_SCHEMAS = ['properties', 'patternProperties', 'definitions', 'dependencies'];
const LITERAL = ['enum', 'const'];
/** What the reference's validator passes over, and ours would not: words of other languages, and choices of nothing. */
const isIdle = (key: string, value: unknown) =>
  key === '$schema' || key === 'nullable' || ((key === 'enum' || key === 'type') && Array.isArray(value) && value.length === 0);

const eachOf = (members: object, change: (value: unknown) => unknown) =>
  Object.fromEntries(Object.entries(members).map(([key, value]) => [key, change(value)]));

function modernizedMember(key: string, value: unknown): unknown {
  if (LITERAL.includes(key)) return value;
  return NAMED_SCHEMAS.includes(key) && isObject(value) ? eachOf(value, modernized) : modernized(value);
}

/** Brings what draft 4 writes otherwise into the form of the later drafts: `id`, and bounds that are excluded by a truth value. */
function modernized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(modernized);
  if (!isObject(value)) return value;
  const schema: Record<string, unknown> = Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !isIdle(key, member))
      .map(([key, member]) => [key, modernizedMember(key, member)]),
  );
  if (typeof schema['id'] === 'string' && schema['$id'] === undefined) {
    schema['$id'] = schema['id'];
    delete schema['id'];
  }
  for (const [bound, excluding] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof schema[excluding] !== 'boolean') continue;
    if (schema[excluding]) {
      schema[excluding] = schema[bound];
      delete schema[bound];
    } else delete schema[excluding];
  }
  return schema;
}

const worded = ({ instancePath, message }: ErrorObject) =>
  `${instancePath === '' ? '(root)' : instancePath.slice(1).replaceAll('/', '.')}: ${message}`;

/** What is wrong with the parameters, or with the schema itself; empty where they fit. */
function violations(schemaText: string, parameters: string): string[] {
  try {
    const schema: unknown = JSON.parse(schemaText);
    const fault = jsonSchemaFault(schema);
    if (fault !== undefined) return [`the schema can not be used: ${fault}`];
    const ajv = new Ajv({
      allErrors: true,
      validateSchema: false,
      strict: false,
      logger: false,
      formats: FORMATS,
      // 1.13 is a multiple of 0.01, though not in the arithmetic of the machine
      multipleOfPrecision: 9,
      code: { regExp: patternEngine() },
    });
    const validate = ajv.compile(modernized(schema) as Schema);
    return validate(JSON.parse(parameters)) ? [] : (validate.errors ?? []).map(worded);
  } catch (error) {
    return [`the schema can not be used: ${(error as Error).message}`];
  }
}

/** The text `null` is a value like others here, though it reads back as none. @throws InvalidData where the bundle has a schema and the parameters are missing or do not fit */
export function checkParameters(
  bundle: { readonly id: string; readonly instanceAuthRequestInputSchema?: string },
  parameters: string | null | undefined,
): void {
  const schema = bundle.instanceAuthRequestInputSchema;
  if (schema === undefined) return;
  if (parameters === null || parameters === undefined)
    throw invalidData('json schema for input parameters was defined for the bundle but no input parameters were provided');
  const found = violations(schema, parameters);
  if (found.length > 0)
    throw invalidData(
      `while validating BundleInstanceAuth request input for Bundle with id "${bundle.id}": while validating value ${parameters} against JSON Schema: ${schema}: ${found.join(', ')}`,
    );
}
