/** What is found valid is executed by graphql-js, so nothing may be that graphql-js would refuse, but for what executing can bear. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Lexer, parse, Source, specifiedRules, TokenKind, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { CONCEPTS } from '../../../src/director/concepts.ts';
import { buildDirectorSchema } from '../../../src/director/schema/build.ts';
import { documentReader } from '../../../src/wire/documents.ts';

const SCENARIOS = join(import.meta.dirname, '../../conformance/scenarios');
const schema = buildDirectorSchema(CONCEPTS).published;
const read = documentReader(schema);

function documentsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === 'query' && typeof inner === 'string' ? [inner] : documentsIn(inner)));
}

function wordsOf(document: string): string[] {
  const lexer = new Lexer(new Source(document));
  const words: string[] = [];
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance())
    words.push(document.slice(token.start, token.end));
  return words;
}

const recorded = readdirSync(SCENARIOS)
  .filter((file) => /^(applications|bundles|formations|runtimes)/.test(file))
  .flatMap((file) => documentsIn(JSON.parse(readFileSync(join(SCENARIOS, file), 'utf8'))))
  .filter((text) => 'document' in read(text));
const DOCUMENTS = [...new Set(recorded)].map(wordsOf);
const WORDS = [...new Set(DOCUMENTS.flat())];

const change = fc.record({
  how: fc.constantFrom('leave out', 'write twice', 'put in', 'replace'),
  at: fc.nat(10_000),
  word: fc.constantFrom(...WORDS),
});

function changed(words: readonly string[], { how, at, word }: { how: string; at: number; word: string }): string[] {
  const place = at % words.length;
  const after =
    how === 'leave out' ? [] : how === 'write twice' ? [words[place]!, words[place]!] : how === 'put in' ? [word, words[place]!] : [word];
  return words.toSpliced(place, 1, ...after);
}

describe('documents', () => {
  it('that are found valid are so for graphql-js, too', () => {
    let valid = 0;
    fc.assert(
      fc.property(fc.constantFrom(...DOCUMENTS), fc.array(change, { minLength: 1, maxLength: 2 }), (words, changes) => {
        const text = changes.reduce<readonly string[]>((so_far, one) => changed(so_far, one), words).join(' ');
        if ('faults' in read(text)) return;
        valid += 1;
        expect(validate(schema, parse(text), specifiedRules).map(({ message }) => message)).toEqual([]);
      }),
      { numRuns: 4_000 },
    );
    expect(valid).toBeGreaterThan(100);
  });
});
