/** Documents of the wire: read and judged once each, then remembered by their text (validation costs ten times a small execution). */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  GraphQLError,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  Source,
  specifiedRules,
  TokenKind,
  validate,
} from 'graphql';

/** Far above what the reference's clients send (it takes 50 aliases), and low enough that a request cannot cost seconds. */
export const LIMITS = { tokens: 20_000, depth: 30, fields: 20_000, documents: 1_000 };

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

export function parseDocument(text: string): DocumentNode {
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

/** What a selection costs, fragments counted each time they are spread. */
function costOf(document: DocumentNode): { depth: number; fields: number } {
  const fragments = new Map(
    document.definitions.filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION).map((d) => [d.name.value, d]),
  );
  const known = new Map<string, { depth: number; fields: number }>();
  const ofFragment = (name: string) => {
    const found = known.get(name);
    if (found) return found;
    known.set(name, { depth: 0, fields: 0 });
    const fragment = fragments.get(name);
    const cost = fragment ? ofSelection(fragment.selectionSet) : { depth: 0, fields: 0 };
    known.set(name, cost);
    return cost;
  };
  const ofSelection = (set: SelectionSetNode): { depth: number; fields: number } => {
    let depth = 0;
    let fields = 0;
    for (const selection of set.selections) {
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : selection.selectionSet
            ? ofSelection(selection.selectionSet)
            : { depth: 0, fields: 0 };
      const own = selection.kind === Kind.FIELD ? 1 : 0;
      depth = Math.max(depth, inner.depth + own);
      fields += inner.fields + own;
    }
    return { depth, fields };
  };
  const costs = document.definitions
    .filter((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION)
    .map((d) => ofSelection(d.selectionSet));
  return { depth: Math.max(0, ...costs.map((cost) => cost.depth)), fields: Math.max(0, ...costs.map((cost) => cost.fields)) };
}

function read(schema: GraphQLSchema, text: string): Reading {
  let document: DocumentNode;
  try {
    document = parseDocument(text);
  } catch (error) {
    return { faults: [error instanceof GraphQLError ? error : new GraphQLError(String(error))] };
  }
  const { depth, fields } = costOf(document);
  if (depth > LIMITS.depth) return { faults: [new GraphQLError(`the query is ${depth} levels deep, at most ${LIMITS.depth} are allowed`)] };
  if (fields > LIMITS.fields)
    return { faults: [new GraphQLError(`the query asks for ${fields} fields, at most ${LIMITS.fields} are allowed`)] };
  const faults = validate(schema, document, specifiedRules);
  return faults.length > 0 ? { faults } : { document };
}

/** Reads documents against a schema; the most recent ones are remembered. */
export function documentReader(schema: GraphQLSchema): (text: string) => Reading {
  const known = new Map<string, Reading>();
  return (text) => {
    const found = known.get(text);
    if (found) {
      known.delete(text);
      known.set(text, found);
      return found;
    }
    const reading = read(schema, text);
    known.set(text, reading);
    if (known.size > LIMITS.documents) known.delete(known.keys().next().value!);
    return reading;
  };
}
