/** Documents that mean no good are refused in a moment, with words that tell why; those of real clients are not. */
import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { CONCEPTS } from '../../../src/director/concepts.ts';
import { buildDirectorSchema } from '../../../src/director/schema/build.ts';
import { documentReader } from '../../../src/wire/documents.ts';
import { processorTime } from '../../support/processor-time.ts';

const { published } = buildDirectorSchema(CONCEPTS);
const read = documentReader(published);
const nested = (open: string, close: string, levels: number, inner: string) => `${open.repeat(levels)}${inner}${close.repeat(levels)}`;
const times = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join(' ');

const TEMPTING: readonly (readonly [name: string, document: string, words: RegExp])[] = [
  ['too many aliases', `{ ${times(1_001, (i) => `a${i}: viewer { id }`)} }`, /1001 fields beside each other, at most 1000/],
  ['the same field again and again', `{ ${'viewer { id } '.repeat(3_900)} }`, /3900 fields beside each other/],
  ['many fields far below', `{ applications { data { ${'id '.repeat(5_000)} } } }`, /5000 fields beside each other/],
  [
    'aliases in fragments',
    `{ ...a ...a ...a } fragment a on Query { ${times(400, (i) => `a${i}: viewer { id }`)} }`,
    /1200 fields beside each other/,
  ],
  [
    'fragments that double',
    `{ ...f0 } ${times(60, (i) => `fragment f${i} on Query { viewer { id } ...f${i + 1} ...f${i + 1} }`)} fragment f60 on Query { viewer { id } }`,
    /asks for \d+ fields, at most 20000/,
  ],
  ['too deep', nested('{ a ', '}', 31, '{ id }'), /32 levels deep, at most 30/],
  ['far too deep', nested('{ a', '}', 9_000, '{ id }'), /nested too deeply/],
  ['deep in a fragment that nobody uses', `{ viewer { id } } fragment a on Query ${nested('{ a ', '}', 500, '{ id }')}`, /levels deep/],
  ['inline fragments in each other', `{ ${nested('... on Query { ', '}', 900, 'viewer { id }')} }`, /levels deep/],
  [
    'the schema again and again',
    `{ ${times(11, (i) => `a${i}: __schema { types { name } }`)} }`,
    /looks at the schema 11 times, at most 10/,
  ],
  ['lists in lists', `{ applications(filter: ${nested('[', ']', 65, '')}) { totalCount } }`, /an argument is 65 levels deep, at most 64/],
  ['objects in objects', `mutation { a(x: ${nested('{a: ', '}', 900, '1')}) { id } }`, /levels deep/],
  ['an endless document', `{ ${'a '.repeat(2_000_000)} }`, /more that 20000 tokens/],
  ['nothing at all', '', /no operation provided/],
  ['empty parentheses', `{ ${'a() '.repeat(60_000)} }`, /./],
  ['a fragment that spreads itself', '{ ...a } fragment a on Query { viewer { id } ...a }', /Cannot spread fragment "a" within itself/],
  ['types of types of types', '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }', /introspection depth/i],
];

describe('a document', () => {
  it.each(TEMPTING)('is refused: %s', (_, document, words) => {
    const refused = () => {
      const reading = read(document);
      expect('faults' in reading && reading.faults[0]?.message).toMatch(words);
    };
    expect(processorTime(refused)).toBeLessThan(1_000);
  });

  it.each([
    ['fifty aliases', `{ ${times(50, (i) => `a${i}: viewer { id }`)} }`],
    ['what tools ask about the schema', getIntrospectionQuery({ inputValueDeprecation: true, directiveIsRepeatable: true })],
    [
      'a label of several levels',
      `mutation { setRuntimeLabel(runtimeID: "x", key: "y", value: ${nested('{a: [', ']}', 20, '1')}) { key } }`,
    ],
    ['a long text', `{ runtime(id: "${'x'.repeat(1_000_000)}") { id } }`],
  ])('is taken: %s', (_, document) => expect(read(document)).toHaveProperty('document'));

  it('is remembered, but not without bounds', () => {
    const long = (index: number) => `{ runtime(id: "${index}${'x'.repeat(1_000_000)}") { id } }`;
    const first = read(long(0));
    expect(read(long(0))).toBe(first);
    for (let index = 1; index < 5; index++) read(long(index));
    expect(read(long(0))).not.toBe(first);
  });
});
