/** Documents of the wire: read and judged once each, then remembered by their text (validation costs ten times a small execution). */
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { costFault } from './cost.ts';
import { readSyntax } from './syntax.ts';
import { documentFaults } from './validation/validate.ts';

/** How many documents are remembered, and characters of them together. */
const REMEMBERED = { documents: 1_000, characters: 4_000_000 };

/** What is wrong with a text: it is no document, or the document does not fit the schema. */
export type FaultyKind = 'parse' | 'validation';

export type Reading = { readonly document: DocumentNode } | { readonly kind: FaultyKind; readonly faults: readonly GraphQLError[] };

function read(schema: GraphQLSchema, text: string): Reading {
  let document: DocumentNode | undefined;
  try {
    document = readSyntax(text);
  } catch (error) {
    if (error instanceof GraphQLError) return { kind: 'parse', faults: [error] };
    // the parser calls itself for each level
    if (error instanceof RangeError) return { kind: 'parse', faults: [new GraphQLError('the query is nested too deeply')] };
    throw error;
  }
  if (!document) return { kind: 'validation', faults: [new GraphQLError('no operation provided')] };
  const excess = costFault(document);
  if (excess !== undefined) return { kind: 'validation', faults: [new GraphQLError(excess)] };
  const faults = documentFaults(schema, document);
  return faults.length > 0 ? { kind: 'validation', faults } : { document };
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
