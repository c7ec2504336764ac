/** Requests that do not fit the schema, in this wire's words (`reference: facts/provisioner.md 1`). */
import type { Fault } from '../../wire/graphql-endpoint.ts';

const INVALID = /^Variable "\$(\w+)" got invalid value ([\s\S]*?)(?: at "([^"]+)")?; ((?:Field|Expected|\w+ cannot represent)[\s\S]*)$/;

/** What a value is called that stands where another belongs. */
function kindOf(text: string): string {
  if (text.startsWith('"')) return 'string';
  if (text === 'true' || text === 'false') return 'bool';
  if (text.startsWith('[')) return '[]interface {}';
  if (text.startsWith('{')) return 'map[string]interface {}';
  return /^-?\d+$/.test(text) ? 'int64' : 'float64';
}

/** What is wrong with a variable; the text as it is where it is something else. */
function ofVariable(message: string): string {
  const [, missing] = /^Variable "\$(\w+)" of required type .* was not provided\.$/.exec(message) ?? [];
  if (missing) return `${missing} must be defined`;
  const [, nothing] = /^Variable "\$(\w+)" of non-null type .* must not be null\.$/.exec(message) ?? [];
  if (nothing) return `${nothing} cannot be null`;
  const [, variable, value = '', path = variable, what = ''] = INVALID.exec(message) ?? [];
  if (!variable) return message;
  const [, absent] = /^Field "(\w+)" of required type .* was not provided\.$/.exec(what) ?? [];
  if (absent) return `${path}.${absent} must be defined`;
  if (what.startsWith('Expected non-nullable type')) return `${path} cannot be null`;
  const [, unknown] = /^Field "(\w+)" is not defined by type/.exec(what) ?? [];
  if (unknown) return `${path}.${unknown} unknown field`;
  const [, type] = /^(\w+) cannot represent/.exec(what) ?? [];
  if (type) return `${path} cannot use ${kindOf(value)} as ${type}`;
  return `${path} ${what}`;
}

/** The fault in the words of the wire. */
export function faultText({ kind, message, line }: Fault): string {
  if (kind === 'variables') return `input: variable.${ofVariable(message)}`;
  const text = message.replace(/^Syntax Error: (.*?)\.?$/s, '$1');
  return line === undefined ? `input: ${text}` : `input:${line}: ${text}`;
}
