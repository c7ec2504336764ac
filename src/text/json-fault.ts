/** Finds where a text stops being JSON, as Node's own message often names no place. */
import type { Fault } from './fault.ts';

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** Long texts are read in parts: one pattern for a whole string would use up the stack. */
const STRING_PART = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

type Expected =
  'a value' | 'a value or ]' | 'a name in quotes' | 'a name in quotes or }' | 'a colon' | 'a comma or ]' | 'a comma or }' | 'the end';

const VALUES: ReadonlySet<Expected> = new Set<Expected>(['a value', 'a value or ]']);
const NAMES: ReadonlySet<Expected> = new Set<Expected>(['a name in quotes', 'a name in quotes or }']);

/** Undefined for JSON. */
export function jsonFault(text: string): Fault | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'a value';
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const string = (): boolean => {
    if (text[at] !== '"') return false;
    at += 1;
    while (skip(STRING_PART));
    const ends = text[at] === '"';
    if (ends) at += 1;
    return ends;
  };
  const afterValue = (): Expected => (open.length === 0 ? 'the end' : open.at(-1) === '{' ? 'a comma or }' : 'a comma or ]');

  for (;;) {
    skip(SPACE);
    const mark = text[at];
    if (mark === undefined && expected === 'the end') return undefined;
    if (VALUES.has(expected) && (mark === '{' || mark === '[')) {
      at += 1;
      open.push(mark);
      expected = mark === '{' ? 'a name in quotes or }' : 'a value or ]';
    } else if ((mark === '}' || mark === ']') && expected.endsWith(mark)) {
      at += 1;
      open.pop();
      expected = afterValue();
    } else if (mark === ',' && expected.startsWith('a comma')) {
      at += 1;
      expected = open.at(-1) === '{' ? 'a name in quotes' : 'a value';
    } else if (mark === ':' && expected === 'a colon') {
      at += 1;
      expected = 'a value';
    } else if (mark === '"' && (NAMES.has(expected) || VALUES.has(expected))) {
      if (!string()) return { at, reason: 'expected the end of a text without raw line ends and unknown escapes' };
      expected = NAMES.has(expected) ? 'a colon' : afterValue();
    } else if (VALUES.has(expected) && skip(SCALAR)) expected = afterValue();
    else return { at, reason: `expected ${expected}` };
  }
}
