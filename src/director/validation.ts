/**
 * How faults of an input are collected and worded. Each concept's `input.ts` says its rules with these; the texts are those of the wire.
 * Shape of a message (`reference: facts/applications.md 1`): `Invalid data <Input> [field=text; list=0: (url: must be a valid URL.).]`:
 * one level below the top is `key: text; key2: text.`, every deeper level stands in `( )`.
 */
import { DirectorError } from './errors.ts';

/** A fault of a value: a text, a whole message that is put in as it is, or the faults of what is inside. */
export type Fault = string | RawFault | Faults;
export interface Faults {
  readonly [field: string]: Fault;
}
/** A finished message, such as another InvalidData text, which is not wrapped in parentheses. */
export class RawFault {
  constructor(readonly text: string) {}
}

/** Judges a value; undefined where nothing is wrong. */
export type Rule<T> = (value: T) => Fault | undefined;

function render(fault: Fault, depth: number): string {
  if (typeof fault === 'string') return fault;
  if (fault instanceof RawFault) return fault.text;
  const inner = `${Object.keys(fault)
    .sort()
    .map((key) => `${key}: ${render(fault[key]!, depth + 1)}`)
    .join('; ')}.`;
  return depth === 0 ? inner : `(${inner})`;
}

/** The error for these faults of an input object. */
export function inputError(inputType: string, faults: Faults): DirectorError {
  const args = Object.fromEntries(Object.entries(faults).map(([field, fault]) => [field, render(fault, 0)]));
  return new DirectorError('InvalidData', args, `Invalid data ${inputType}`);
}

/** The first fault that one of the rules finds. Absent and null values pass, unless the first rule is `required`. */
export function first<T>(value: T | null | undefined, ...rules: Rule<T>[]): Fault | undefined {
  for (const rule of rules) {
    if ((value === undefined || value === null) && rule !== (required as Rule<unknown>)) continue;
    const fault = rule(value as T);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Leaves out what is not at fault; undefined if nothing is. */
export function faultsOf(fields: Readonly<Record<string, Fault | undefined>>): Faults | undefined {
  const found = Object.entries(fields).filter((entry): entry is [string, Fault] => entry[1] !== undefined);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Judges each item of a list; faults carry the index. */
export const each =
  <T>(rule: Rule<T>): Rule<readonly T[]> =>
  (items) =>
    faultsOf(Object.fromEntries(items.map((item, index) => [String(index), rule(item)])));

const lengthOf = (text: string) => [...text].length;

export const required: Rule<unknown> = (value) =>
  value === undefined || value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0)
    ? 'cannot be blank'
    : undefined;

/** Length in characters; empty texts pass, as "required" judges those. */
export const length =
  (min: number, max: number): Rule<string> =>
  (text) => {
    if (text === '') return undefined;
    const n = lengthOf(text);
    if (n >= min && n <= max) return undefined;
    return min === 0 ? `the length must be no more than ${max}` : `the length must be between ${min} and ${max}`;
  };

export const oneOf =
  (...values: readonly string[]): Rule<string> =>
  (text) =>
    values.includes(text) ? undefined : 'must be a valid value';

export const atLeastZero: Rule<number> = (value) => (value < 0 ? 'must be no less than 0' : undefined);

const LABEL_KEY = /^[a-zA-Z0-9_]*$/;

/** Keys of labels that come with an object. */
export const labelKeys: Rule<Readonly<Record<string, unknown>>> = (labels) =>
  faultsOf(
    Object.fromEntries(
      Object.keys(labels).map((key) => [
        key,
        key === '' ? 'cannot be blank' : LABEL_KEY.test(key) ? undefined : 'must be in a valid format',
      ]),
    ),
  );

const RFC_1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const RFC_1123_TEXT =
  "[a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')]";

/** Names of integration systems and placeholders: a lower-case RFC 1123 subdomain of at most 36 bytes that begins with no digit. */
export const subdomainName: Rule<string> = (name) => {
  if (Buffer.byteLength(name) > 36) return 'must be no more than 36 characters';
  if (/^[0-9]/.test(name)) return 'cannot start with digit';
  return RFC_1123.test(name) ? undefined : RFC_1123_TEXT;
};
