/** Reads the text of a document: what the grammar of the reference's parser takes, and its words where the grammar is broken. */
import { type DocumentNode, GraphQLError, Kind, Lexer, parse, Source, TokenKind } from 'graphql';
import { LIMITS } from './cost.ts';

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

function parsed(text: string): DocumentNode {
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

/** What stands before a place, blanks and comments apart. */
const before = (text: string, place = 0) => text.slice(0, place).replace(/([\s,]|#[^\n\r]*(?![^\n\r]))+$/, '');

/** Signs are told without quotes, and what was found instead of them by its kind alone. */
function inWords(message: string): string {
  const sign = (text: string) => text.replace(/^"(\W+)"$/, '$1');
  const [, wanted, found] = /^Expected (.+), found (.+)\.$/s.exec(message) ?? [];
  if (wanted !== undefined && found !== undefined)
    return `Expected ${sign(wanted)}, found ${/^"\w/.test(wanted) ? sign(found) : sign(found).replace(/ ".*$/s, '')}`;
  if (message.startsWith('Unexpected variable ')) return 'Unexpected $';
  const [, unexpected] = /^Unexpected ("\W+"|<EOF>|\w+(?: ".*")?)\.$/s.exec(message) ?? [];
  return unexpected === undefined ? message : `Unexpected ${sign(unexpected)}`;
}

/** The error of the parser in the wire's words. Those of the lexer say more here than there, and stay. */
function told(error: GraphQLError, text: string): GraphQLError {
  const { source, positions } = error;
  const message = error.message.replace(/^Syntax Error: /, '');
  const isEmptySelection = message === 'Expected Name, found "}".' && before(text, positions?.[0]).endsWith('{');
  const told = isEmptySelection ? 'expected at least one definition, found }' : inWords(message);
  // a text begins behind its quote there
  const moved = /(found|Unexpected) String\b/.test(told) ? positions?.map((place) => place + 1) : positions;
  return new GraphQLError(told, { source, positions: moved });
}

/** Undefined where there is no operation. @throws GraphQLError in the wire's words, RangeError where the text is nested too deeply */
export function readSyntax(text: string): DocumentNode | undefined {
  if (before(text, text.length) === '') return undefined;
  let document: DocumentNode;
  try {
    document = parsed(text);
  } catch (error) {
    throw error instanceof GraphQLError ? told(error, text) : error;
  }
  // the grammar has no definitions of types
  for (const node of document.definitions)
    if (node.kind !== Kind.OPERATION_DEFINITION && node.kind !== Kind.FRAGMENT_DEFINITION)
      throw new GraphQLError(`Unexpected Name "${node.loc?.startToken.value}"`, { nodes: node });
  return document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION) ? document : undefined;
}
