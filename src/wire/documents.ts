/** Documents of the wire: read and judged once each, then remembered by their text (validation costs ten times a small execution). */
import { type DocumentNode, type GraphQLSchema, GraphQLError, Lexer, parse, Source, specifiedRules, TokenKind, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { costFault, LIMITS } from './cost.ts';

/** How many documents are remembered, and characters of them together. */
const REMEMBERED = { documents: 1_000, characters: 4_000_000 };

export type Reading = { readonly document: DocumentNode } | { readonly faults: readonly GraphQLError[] };

/** Clients of the reference write `configuration()`: blank out such parentheses, so that positions stay as they are. */
function withoutEmptyParentheses(text: string): string {
  const lexer = new Lexer(new Source(text));
  const kept: string[] = [];
  let done = 0;
  let tokens = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF && tokens <= LIMITS.tokens; token = lexer.advance(), tokens++) {
    if (token.kind !== TokenKind.PAREN_R || token.prev?.kind !== TokenKind.PAREN_L) continue;
    kept.push(text.slice(done, token.prev.start), ' '.repeat(token.end - token.prev.start));
    done = token.end;
  }
  return kept.join('') + text.slice(done);
}

function parseDocument(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens: LIMITS.tokens });
  } catch (error) {
    let clean = text;
    try {
      clean = withoutEmptyParentheses(text);
    } catch {
      // the lexer fails where the parser did: its error is the one to tell
    }
    if (clean === text) throw error;
    return parse(clean, { maxTokens: LIMITS.tokens });
  }
}

function read(schema: GraphQLSchema, text: string): Reading {
  let document: DocumentNode;
  try {
    document = parseDocument(text);
  } catch (error) {
    if (error instanceof GraphQLError) return { faults: [error] };
    // the parser calls itself for each level
    if (error instanceof RangeError) return { faults: [new GraphQLError('the query is nested too deeply')] };
    throw error;
  }
  const excess = costFault(document);
  if (excess !== undefined) return { faults: [new GraphQLError(excess)] };
  const faults = validate(schema, document, specifiedRules);
  return faults.length > 0 ? { faults } : { document };
}

/** Reads documents against a schema; the most recent ones are remembered. */
export function documentReader(schema: GraphQLSchema): (text: string) => Reading {
  const known = new LRUCache<string, Reading>({
    max: REMEMBERED.documents,
    maxSize: REMEMBERED.characters,
    sizeCalculation: (_, text) => text.length || 1,
  });
  return (text) => {
    const found = known.get(text);
    if (found) return found;
    const reading = read(schema, text);
    known.set(text, reading);
    return reading;
  };
}
