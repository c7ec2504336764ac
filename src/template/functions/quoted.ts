/** Texts and characters in Go's quotes. */
const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0');

function escaped(char: string, quote: string, asciiOnly: boolean): string {
  if (char === quote) return `\\${char}`;
  if (NAMED[char]) return NAMED[char];
  const code = char.codePointAt(0)!;
  if (PRINTABLE.test(char) && !(asciiOnly && code > 0x7e)) return char;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

/** A text in double quotes. */
export const quoted = (text: string, asciiOnly = false): string => `"${[...text].map((char) => escaped(char, '"', asciiOnly)).join('')}"`;

/** The character of a number; what is none is the replacement character. */
export const charOf = (code: bigint): string =>
  code < 0n || code > 0x10ffffn || (code >= 0xd800n && code <= 0xdfffn) ? '\uFFFD' : String.fromCodePoint(Number(code));

/** A character in single quotes. */
export const quotedChar = (code: bigint, asciiOnly = false): string => `'${escaped(charOf(code), "'", asciiOnly)}'`;
