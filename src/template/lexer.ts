/** Cuts a template into text and the tokens of its actions. */
import { errorAt } from './error.ts';

export type TokenKind = 'text' | 'open' | 'close' | 'name' | 'field' | 'variable' | 'string' | 'number' | 'char' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly value: string;
  /** Offset in the template. */
  readonly at: number;
  /** Whether blanks stand before it: `.a .b` are two operands, `.a.b` is one. */
  readonly spaced: boolean;
}

const SPACE = /[ \t\r\n]/;
const SPACES = /[ \t\r\n]*/y;
/** What tokens look like that are no quoted texts; the first that fits counts. */
const FORMS: readonly (readonly [TokenKind, RegExp])[] = [
  ['field', /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['number', /[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y],
  ['variable', /\$(?:[\p{L}_][\p{L}\p{Nd}_]*)?/uy],
  ['symbol', /:=|[.|=,()]/y],
  ['name', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
];
/** By the mark that opens and closes them. */
const QUOTED: Readonly<Record<string, { readonly kind: TokenKind; readonly unterminated: string }>> = {
  '"': { kind: 'string', unterminated: 'unterminated quoted string' },
  '`': { kind: 'string', unterminated: 'unterminated raw quoted string' },
  "'": { kind: 'char', unterminated: 'unterminated character constant' },
};
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** The text that a quoted literal stands for. Undefined where it is malformed. */
export function unquote(literal: string): string | undefined {
  if (literal.startsWith('`')) return literal.slice(1, -1).replaceAll('\r', '');
  let bad = false;
  const text = literal
    .slice(1, -1)
    .replace(
      /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs,
      (_, x: string, u: string, long: string, octal: string, plain: string) => {
        const code = x ?? u ?? long;
        const point = Number.parseInt(code ?? '0', 16);
        if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) bad = true;
        else if (code !== undefined) return String.fromCodePoint(point);
        if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
        const escaped = ESCAPES[plain];
        if (escaped === undefined) bad = true;
        return escaped ?? '';
      },
    );
  return bad ? undefined : text;
}

class Lexer {
  readonly #tokens: Token[] = [];
  #at = 0;
  /** Whether the blanks go with which the next text begins. */
  #trims = false;

  constructor(private readonly template: string) {}

  run(): Token[] {
    const { template } = this;
    for (let open = template.indexOf('{{'); open >= 0; open = template.indexOf('{{', this.#at)) {
      const trimsBefore = template[open + 2] === '-' && SPACE.test(template[open + 3] ?? '');
      this.#text(open, trimsBefore);
      this.#at = open + (trimsBefore ? 3 : 2);
      this.#trims = false;
      if (!this.#comment(open)) this.#action(open);
    }
    this.#text(template.length, false);
    this.#tokens.push({ kind: 'end', value: '', at: template.length, spaced: false });
    return this.#tokens;
  }

  #text(until: number, trimsEnd: boolean): void {
    let text = this.template.slice(this.#at, until);
    if (this.#trims) text = text.replace(/^[ \t\r\n]+/, '');
    if (trimsEnd) text = text.replace(/[ \t\r\n]+$/, '');
    if (text !== '') this.#tokens.push({ kind: 'text', value: text, at: this.#at, spaced: false });
  }

  /** Passes over a comment, if one begins here. */
  #comment(open: number): boolean {
    const { template } = this;
    const begun = /^[ \t\r\n]*\/\*/.exec(template.slice(this.#at, this.#at + 40));
    if (!begun) return false;
    const end = template.indexOf('*/', this.#at + begun[0].length);
    if (end < 0) throw this.#fail(open, 'unclosed comment');
    const close = /^([ \t\r\n]+-)?\}\}/.exec(template.slice(end + 2));
    if (!close) throw this.#fail(end, 'comment ends before closing delimiter');
    this.#trims = close[1] !== undefined;
    this.#at = end + 2 + close[0].length;
    return true;
  }

  #action(open: number): void {
    this.#tokens.push({ kind: 'open', value: '{{', at: open, spaced: false });
    for (let kind: TokenKind = 'open'; kind !== 'close';) {
      const spaced = this.#skipSpaces();
      if (this.#at >= this.template.length) throw this.#fail(open, 'unclosed action');
      const [found, value] = this.#token(spaced);
      this.#tokens.push({ kind: found, value, at: this.#at, spaced });
      this.#at += value.length;
      if (found === 'close') this.#trims = value.startsWith('-');
      kind = found;
    }
  }

  #skipSpaces(): boolean {
    SPACES.lastIndex = this.#at;
    const [spaces = ''] = SPACES.exec(this.template) ?? [];
    this.#at += spaces.length;
    return spaces !== '';
  }

  #token(spaced: boolean): readonly [TokenKind, string] {
    const { template } = this;
    if (spaced && template.startsWith('-}}', this.#at)) return ['close', '-}}'];
    if (template.startsWith('}}', this.#at)) return ['close', '}}'];
    const char = template[this.#at]!;
    const quoted = QUOTED[char];
    if (quoted) return [quoted.kind, this.#quoted(char, quoted.unterminated)];
    for (const [kind, form] of FORMS) {
      form.lastIndex = this.#at;
      const found = form.exec(template)?.[0];
      if (found !== undefined) return [kind, found];
    }
    throw this.#fail(this.#at, `unexpected ${JSON.stringify(char)} in an action`);
  }

  #quoted(quote: string, unterminated: string): string {
    const { template } = this;
    for (let end = this.#at + 1; end < template.length; end++) {
      const char = template[end];
      if (quote !== '`' && char === '\n') break;
      if (quote !== '`' && char === '\\') end++;
      else if (char === quote) return template.slice(this.#at, end + 1);
    }
    throw this.#fail(this.#at, unterminated);
  }

  #fail(at: number, reason: string) {
    return errorAt(this.template, at, reason);
  }
}

/** @throws TemplateError */
export const lex = (template: string): Token[] => new Lexer(template).run();
