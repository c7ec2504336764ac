/** Go's regular expressions as JavaScript's: what both write alike stays, the rest is translated or refused. */
import { Fault } from '../error.ts';

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};
const BLANKS = '\\t\\n\\f\\r ';
const literally = (char: string, isInClass = false) => char.replace(isInClass ? /[\\^\]-]/ : /[\\^$.*+?()[\]{}|/]/, '\\$&');

/** Name of a general category or of a script. */
const property = (kind: string, name: string) => `\\${kind}{${/^[A-Z][a-z]?$/.test(name) ? name : `Script=${name}`}}`;

/** One escape, `\` included; within brackets some stand for other things. */
function escaped(text: string, isInClass: boolean): { length: number; pattern: string } {
  const known = (source: RegExp) => source.exec(text);
  const unicode = known(/^\\(p|P)(?:\{(\^?)(\w+)\}|(\w))/);
  if (unicode) {
    const [whole, kind, not, name, short] = unicode as unknown as [string, string, string | undefined, string, string];
    return { length: whole.length, pattern: property(not ? 'P' : kind, name ?? short) };
  }
  const code = known(/^\\x\{([0-9a-fA-F]+)\}|^\\x([0-9a-fA-F]{2})|^\\([0-7]{3})/);
  if (code) {
    const point = code[3] === undefined ? Number.parseInt(code[1] ?? code[2]!, 16) : Number.parseInt(code[3], 8);
    return { length: code[0].length, pattern: `\\u{${point.toString(16)}}` };
  }
  const char = text[1];
  if (char === undefined) throw new Fault('regexp: trailing backslash at end of expression');
  const pattern = (given: string) => ({ length: 2, pattern: given });
  if (char === 's') return pattern(isInClass ? BLANKS : `[${BLANKS}]`);
  if (char === 'S' && !isInClass) return pattern(`[^${BLANKS}]`);
  if (/[dDwWSnrtfv]/.test(char)) return pattern(`\\${char}`);
  if (char === 'a') return pattern('\\x07');
  if (!isInClass && (char === 'b' || char === 'B')) return pattern(`\\${char}`);
  if (!isInClass && char === 'A') return pattern('(?<![\\s\\S])');
  if (!isInClass && char === 'z') return pattern('(?![\\s\\S])');
  if (/[a-zA-Z0-9]/.test(char)) throw new Fault(`regexp: invalid escape sequence: \`\\${char}\``);
  return { length: 2, pattern: literally(char, isInClass) };
}

/** A set in brackets, from its `[` on. */
function bracketed(text: string): { length: number; pattern: string } {
  const start = /^\[\^?\]?/.exec(text)![0];
  let pattern = start.replace(']', '\\]');
  for (let at = start.length; at < text.length;) {
    const named = /^\[:(\^?)(\w+):\]/.exec(text.slice(at));
    if (named) {
      const members = CLASSES[named[2]!];
      if (members === undefined || named[1]) throw new Fault(`regexp: invalid character class range: \`${named[0]}\``);
      pattern += members;
      at += named[0].length;
    } else if (text[at] === '\\') {
      const escape = escaped(text.slice(at), true);
      pattern += escape.pattern;
      at += escape.length;
    } else if (text[at] === ']') return { length: at + 1, pattern: `${pattern}]` };
    else pattern += text[at++] === '[' ? '\\[' : text[at - 1]!;
  }
  throw new Fault('regexp: missing closing ]');
}

function group(text: string): { length: number; pattern: string } {
  const named = /^\(\?P?<(\w+)>/.exec(text);
  if (named) return { length: named[0].length, pattern: `(?<${named[1]}>` };
  if (text.startsWith('(?:')) return { length: 3, pattern: '(?:' };
  if (text.startsWith('(?')) throw new Fault(`regexp: invalid or unsupported Perl syntax: \`${text.slice(0, 3)}\``);
  return { length: 1, pattern: '(' };
}

function translated(text: string, dotTakesAll: boolean): string {
  let pattern = '';
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const quoted = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(rest);
    const repeat = /^\{\d+(?:,\d*)?\}/.exec(rest);
    const char = rest[0]!;
    const piece = quoted
      ? { length: quoted[0].length, pattern: [...quoted[1]!].map((one) => literally(one)).join('') }
      : char === '\\'
        ? escaped(rest, false)
        : char === '['
          ? bracketed(rest)
          : char === '('
            ? group(rest)
            : repeat
              ? { length: repeat[0].length, pattern: repeat[0] }
              : { length: 1, pattern: char === '.' && !dotTakesAll ? '[^\\n]' : /[{}\]]/.test(char) ? `\\${char}` : char };
    pattern += piece.pattern;
    at += piece.length;
  }
  return pattern;
}

/** @throws Fault for what Go refuses, and for flags that do not stand at the beginning */
export function expression(source: string, flags = ''): RegExp {
  const lead = /^\(\?([ims]+)\)/.exec(source);
  const own = lead?.[1] ?? '';
  const pattern = translated(source.slice(lead?.[0].length ?? 0), own.includes('s'));
  try {
    return new RegExp(pattern, `${flags}u${own}`);
  } catch (error) {
    throw new Fault(`regexp: ${(error as Error).message}`);
  }
}

/** All matches; Go takes no empty one right behind another. */
export function* matchesOf(pattern: RegExp, text: string): Generator<RegExpExecArray> {
  let end = -1;
  for (const match of text.matchAll(pattern)) {
    if (match[0] === '' && match.index === end) continue;
    end = match.index + match[0].length;
    yield match as RegExpExecArray;
  }
}

/** What a match becomes: `$1`, `$name` and `${name}` are its groups, `$$` a dollar; unknown groups are empty. */
export function expanded(template: string, { groups: names = {}, ...match }: RegExpExecArray): string {
  const groups = match as unknown as readonly (string | undefined)[];
  return template.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (whole, plain: string | undefined, braced: string | undefined) => {
    const name = plain ?? braced;
    if (name === undefined) return whole === '$$' ? '$' : whole;
    return (/^\d+$/.test(name) ? groups[Number(name)] : names[name]) ?? '';
  });
}
