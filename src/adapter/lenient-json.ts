/** Reads bodies as widely as clients of the old interface are used to (`reference: facts/connector.md 7, 8`). */
import { jsonFault } from '../director/texts/json-fault.ts';
import { rawValue } from './raw-json.ts';

/** Names of members are the same in letters of any case. */
export const sameName = (a: string, b: string) => a === b || a.toLowerCase() === b.toLowerCase();

/** The last member of that name. */
export function memberOf(object: Readonly<Record<string, unknown>>, name: string): unknown {
  const key = Object.keys(object).findLast((given) => sameName(given, name));
  return key === undefined ? undefined : object[key];
}

const SPACE_ALONE = /^[ \t\r\n]*$/;
const AFTER = 'after top-level value';
/** No JSON value goes on with it. */
const MARK = '\u0001';

/** The first value of a text: services are read as a stream, in which others may follow. `fault`: why there is none, in the parser's words. */
export function firstValue(text: string): { readonly value: string } | { readonly fault: string } {
  if (SPACE_ALONE.test(text)) return { fault: 'EOF' };
  const fault = jsonFault(text);
  if (fault === undefined || fault.endsWith(AFTER)) return { value: rawValue(text, [])! };
  // a stream that ends too early has its own word for that
  return { fault: jsonFault(text + MARK) === fault ? fault : 'unexpected EOF' };
}
