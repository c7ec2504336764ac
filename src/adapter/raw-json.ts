/** Where a value stands in a JSON text: what is stored as it was sent must not be written anew. */

type SameName = (given: string, wanted: string) => boolean;

/** The text of the value at that path of member names; undefined where it is not there. The text must be JSON, or begin with a value. */
export function rawValue(text: string, path: readonly string[], same: SameName = (a, b) => a === b): string | undefined {
  let span: Span | undefined = spanOfValue(text, 0);
  for (const name of path) span = span && memberOf(text, span, (given) => same(given, name));
  return span && text.slice(span.from, span.to);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const SPACE = /\s*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const PLAIN = /[^\s,:\]}]+/y;

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function spanOfValue(text: string, start: number): Span {
  const from = skip(SPACE, text, start);
  const first = text[from];
  if (first === '"') return { from, to: skip(STRING, text, from) };
  if (first !== '{' && first !== '[') return { from, to: skip(PLAIN, text, from) };
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = skip(STRING, text, at) - 1;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return { from, to: at + 1 };
  }
  return { from, to: text.length };
}

/** The last member of that name counts, as for every parser. */
function memberOf(text: string, object: Span, isWanted: (name: string) => boolean): Span | undefined {
  if (text[object.from] !== '{') return undefined;
  let found: Span | undefined;
  let at = skip(SPACE, text, object.from + 1);
  while (text[at] === '"') {
    const end = skip(STRING, text, at);
    const key = JSON.parse(text.slice(at, end)) as string;
    const value = spanOfValue(text, skip(SPACE, text, end) + 1);
    if (isWanted(key)) found = value;
    const comma = skip(SPACE, text, value.to);
    if (text[comma] !== ',') break;
    at = skip(SPACE, text, comma + 1);
  }
  return found;
}
