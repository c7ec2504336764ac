/** The words of a filter. */

export interface Token {
  /** `text` still has its escapes. */
  readonly kind: 'field' | 'text' | 'number' | 'name' | 'format' | 'sign';
  readonly text: string;
  readonly at: number;
}

const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`;
const KINDS = [
  ['field', /\.([A-Za-z_]\w*)/y],
  ['text', new RegExp(QUOTED, 'y')],
  ['number', /(\d+(?:\.\d+)?)/y],
  ['name', /([A-Za-z_]\w*)/y],
  ['format', /@([a-z]\w*)/y],
  ['sign', /(\/\/|==|!=|<=|>=|[.[\](){}|,:;<>+?-])/y],
] as const;

/** `refused` makes what is thrown where there is no word. */
export function tokensOf(path: string, refused: (at: number) => Error): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; ;) {
    at += /^\s*/.exec(path.slice(at))![0].length;
    if (at >= path.length) return tokens;
    const found = wordAt(path, at);
    if (found === undefined) throw refused(at);
    tokens.push(found.token);
    at = found.end;
  }
}

function wordAt(path: string, at: number): { token: Token; end: number } | undefined {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const text = pattern.exec(path)?.[1];
    if (text !== undefined) return { token: { kind, text, at }, end: pattern.lastIndex };
  }
  return undefined;
}
