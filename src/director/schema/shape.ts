/** Documents that differ in their texts alone, such as the identifiers that clients write into them, have one shape. */
import { Lexer, Source, TokenKind } from 'graphql';

export interface Shape {
  /** The document with a number in place of each text, the same for equal ones: whether it is valid depends on nothing else. */
  readonly key: string;
  /** The texts, in their order. */
  readonly strings: readonly string[];
}

/** Undefined for documents that the lexer refuses, and for those with block strings, whose indentation counts. */
export function shapeOf(document: string): Shape | undefined {
  const strings: string[] = [];
  const numbers = new Map<string, number>();
  let key = '';
  let end = 0;
  try {
    const lexer = new Lexer(new Source(document));
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      if (token.kind === TokenKind.BLOCK_STRING) return undefined;
      if (token.kind !== TokenKind.STRING) continue;
      const number = numbers.get(token.value) ?? numbers.size;
      numbers.set(token.value, number);
      key += `${document.slice(end, token.start)}"${number}"`;
      strings.push(token.value);
      end = token.end;
    }
  } catch {
    return undefined;
  }
  return { key: key + document.slice(end), strings };
}
