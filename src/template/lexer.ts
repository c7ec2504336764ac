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
const NAME = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const NUMBER = /[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y;
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

export function lex(template: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  let trimNext = false;
  const fail = (at: number, reason: string) => errorAt(template, at, reason);

  const pushText = (until: number, trimEnd: boolean) => {
    let text = template.slice(position, until);
    if (trimNext) text = text.replace(/^[ \t\r\n]+/, '');
    if (trimEnd) text = text.replace(/[ \t\r\n]+$/, '');
    if (text !== '') tokens.push({ kind: 'text', value: text, at: position, spaced: false });
  };

  for (;;) {
    const open = template.indexOf('{{', position);
    if (open < 0) {
      pushText(template.length, false);
      tokens.push({ kind: 'end', value: '', at: template.length, spaced: false });
      return tokens;
    }
    const trimsBefore = template[open + 2] === '-' && SPACE.test(template[open + 3] ?? '');
    pushText(open, trimsBefore);
    position = open + (trimsBefore ? 3 : 2);
    trimNext = false;

    const comment = /^[ \t\r\n]*\/\*/.exec(template.slice(position, position + 40));
    if (comment) {
      const end = template.indexOf('*/', position + comment[0].length);
      if (end < 0) throw fail(open, 'unclosed comment');
      const close = /^([ \t\r\n]+-)?\}\}/.exec(template.slice(end + 2));
      if (!close) throw fail(end, 'comment ends before closing delimiter');
      trimNext = close[1] !== undefined;
      position = end + 2 + close[0].length;
      continue;
    }
    tokens.push({ kind: 'open', value: '{{', at: open, spaced: false });
    position = lexAction(position, open);
  }

  function lexAction(from: number, open: number): number {
    let at = from;
    for (;;) {
      const before = at;
      while (SPACE.test(template[at] ?? '')) at++;
      const spaced = at > before;
      const push = (kind: TokenKind, value: string) => {
        tokens.push({ kind, value, at, spaced });
        at += value.length;
      };
      if (at >= template.length) throw fail(open, 'unclosed action');
      if (spaced && template.startsWith('-}}', at)) {
        tokens.push({ kind: 'close', value: '-}}', at, spaced });
        trimNext = true;
        return at + 3;
      }
      if (template.startsWith('}}', at)) {
        tokens.push({ kind: 'close', value: '}}', at, spaced });
        return at + 2;
      }
      const char = template[at]!;
      if (char === '"' || char === '`' || char === "'") {
        const literal = quoted(at, char);
        push(char === "'" ? 'char' : 'string', literal);
        continue;
      }
      const sticky = (pattern: RegExp, start: number) => {
        pattern.lastIndex = start;
        return pattern.exec(template)?.[0];
      };
      if (char === '.') {
        const name = sticky(NAME, at + 1);
        if (name !== undefined) push('field', `.${name}`);
        else if (/\d/.test(template[at + 1] ?? '')) push('number', sticky(NUMBER, at)!);
        else push('symbol', '.');
        continue;
      }
      if (char === '$') {
        push('variable', `$${sticky(NAME, at + 1) ?? ''}`);
        continue;
      }
      if (template.startsWith(':=', at)) {
        push('symbol', ':=');
        continue;
      }
      if ('|=,()'.includes(char)) {
        push('symbol', char);
        continue;
      }
      const number = /[\d+-]/.test(char) ? sticky(NUMBER, at) : undefined;
      if (number) {
        push('number', number);
        continue;
      }
      const name = sticky(NAME, at);
      if (name === undefined) throw fail(at, `unexpected ${JSON.stringify(char)} in an action`);
      push('name', name);
    }
  }

  function quoted(at: number, quote: string): string {
    for (let end = at + 1; end < template.length; end++) {
      const char = template[end];
      if (quote !== '`' && char === '\n') break;
      if (quote !== '`' && char === '\\') end++;
      else if (char === quote) return template.slice(at, end + 1);
    }
    throw fail(
      at,
      quote === "'" ? 'unterminated character constant' : quote === '`' ? 'unterminated raw quoted string' : 'unterminated quoted string',
    );
  }
}
