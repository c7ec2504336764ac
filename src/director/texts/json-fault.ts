/** What is wrong with a text that should be JSON, in the words of the reference's parser: clients compare them. */

const SPACE = ' \t\n\r';
const LITERALS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };
const DIGITS = /\d+/y;
const END = 'unexpected end of JSON input';
/** Nested deeper than this is refused rather than walked. */
const DEEPEST = 2_000;

class Fault extends Error {}

const NAMED: Readonly<Record<string, string>> = {
  "'": String.raw`\'`,
  '"': '"',
  '\\': String.raw`\\`,
  '\u0007': String.raw`\a`,
  '\b': String.raw`\b`,
  '\t': String.raw`\t`,
  '\n': String.raw`\n`,
  '\v': String.raw`\v`,
  '\f': String.raw`\f`,
  '\r': String.raw`\r`,
};

/** A character as the parser quotes it: it sees bytes, so that of one beyond ASCII it tells the first, as if that were a character. */
function quote(character: string): string {
  const byte = Buffer.from(character)[0]!;
  const plain = byte < 0x20 || byte === 0x7f ? `\\x${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte);
  return `'${NAMED[character] ?? plain}'`;
}

/** Walks over one JSON value; the text is judged from left to right, and the first fault is thrown. */
class Walk {
  private at = 0;
  constructor(private readonly text: string) {}

  whole(): void {
    this.value(0);
    this.skipSpace();
    if (this.at < this.text.length) this.fail('after top-level value');
  }

  private fail(where: string): never {
    const code = this.text.codePointAt(this.at);
    throw new Fault(code === undefined ? END : `invalid character ${quote(String.fromCodePoint(code))} ${where}`);
  }

  /** Inside of a literal, a number or an escape the parser takes the end of the text for a blank. */
  private failInside(where: string): never {
    if (this.at >= this.text.length) throw new Fault(`invalid character ' ' ${where}`);
    this.fail(where);
  }

  private skipSpace(): void {
    while (this.at < this.text.length && SPACE.includes(this.text[this.at]!)) this.at += 1;
  }

  private value(depth: number): void {
    if (depth > DEEPEST) throw new Fault('exceeded max depth');
    this.skipSpace();
    const character = this.text[this.at] ?? '';
    if (character === '{') return this.object(depth);
    if (character === '[') return this.list(depth);
    if (character === '"') return this.string();
    if (character !== '' && '-0123456789'.includes(character)) return this.number();
    const literal = LITERALS[character];
    if (literal === undefined) return this.fail('looking for beginning of value');
    for (const expected of literal) {
      if (this.text[this.at] !== expected) this.failInside(`in literal ${literal} (expecting '${expected}')`);
      this.at += 1;
    }
  }

  private object(depth: number): void {
    this.at += 1;
    this.skipSpace();
    if (this.text[this.at] === '}') return void (this.at += 1);
    for (;;) {
      this.skipSpace();
      if (this.text[this.at] !== '"') this.fail('looking for beginning of object key string');
      this.string();
      this.skipSpace();
      if (this.text[this.at] !== ':') this.fail('after object key');
      this.at += 1;
      this.value(depth + 1);
      this.skipSpace();
      if (this.text[this.at] === '}') return void (this.at += 1);
      if (this.text[this.at] !== ',') this.fail('after object key:value pair');
      this.at += 1;
    }
  }

  private list(depth: number): void {
    this.at += 1;
    this.skipSpace();
    if (this.text[this.at] === ']') return void (this.at += 1);
    for (;;) {
      this.value(depth + 1);
      this.skipSpace();
      if (this.text[this.at] === ']') return void (this.at += 1);
      if (this.text[this.at] !== ',') this.fail('after array element');
      this.at += 1;
    }
  }

  private string(): void {
    this.at += 1;
    for (;;) {
      const character = this.text[this.at] ?? '';
      if (character === '' || character < ' ') this.fail('in string literal');
      this.at += 1;
      if (character === '"') return;
      if (character === '\\') this.escape();
    }
  }

  private escape(): void {
    const character = this.text[this.at] ?? '';
    if (character === '' || !'"\\/bfnrtu'.includes(character)) this.failInside('in string escape code');
    this.at += 1;
    if (character !== 'u') return;
    for (const end = this.at + 4; this.at < end; this.at += 1)
      if (!/^[0-9a-fA-F]$/.test(this.text[this.at] ?? '')) this.failInside(String.raw`in \u hexadecimal character escape`);
  }

  private number(): void {
    if (this.text[this.at] === '-') this.at += 1;
    if (this.text[this.at] === '0') this.at += 1;
    else this.digits('in numeric literal');
    if (this.text[this.at] === '.') {
      this.at += 1;
      this.digits('after decimal point in numeric literal');
    }
    if (/[eE]/.test(this.text[this.at] ?? '')) {
      this.at += 1;
      if (/[+-]/.test(this.text[this.at] ?? '')) this.at += 1;
      this.digits('in exponent of numeric literal');
    }
  }

  private digits(where: string): void {
    DIGITS.lastIndex = this.at;
    const found = DIGITS.exec(this.text)?.[0].length;
    if (found === undefined) this.failInside(where);
    this.at += found;
  }
}

/** The fault of the text, such as `invalid character 'x' looking for beginning of value`; undefined where it is JSON. */
export function jsonFault(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    // worded below
  }
  try {
    new Walk(text).whole();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

/** What the parser calls the kind of a JSON value. */
export function jsonKind(value: unknown): 'null' | 'bool' | 'number' | 'string' | 'array' | 'object' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value as 'number' | 'string' | 'object';
}
