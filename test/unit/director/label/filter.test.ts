import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, type LabelFilter, labelTerms } from '../../../../src/director/label/filter.ts';
import { labelTokens } from '../../../../src/director/label/tokens.ts';

type Labels = Record<string, unknown>;

/** What a list does with a filter: the terms by the index, the rest by the judge. */
function finds(labels: Labels, filters: LabelFilter[], absence = false): boolean {
  const { terms, match } = labelTerms(filters, { tenant: 'T', absence });
  const tokens = new Set(labelTokens(labels));
  return terms.every((term) => term.anyOf.some((key) => tokens.has(key))) && (match?.({ labels }) ?? true);
}

const by = (query: unknown): LabelFilter[] => [{ key: 'k', query: JSON.stringify(query) }];

describe('containment', () => {
  it.each([
    ['a', 'a', true],
    [3, 3.0, true],
    ['1', 1, false],
    [['b2b', 'web'], 'b2b', true],
    ['b2b', ['b2b'], false],
    [['a', 'b', 'c'], ['c', 'a'], true],
    [['a'], [], true],
    [[], [], true],
    ['a', [], false],
    [{ a: { b: 1, c: 2 } }, { a: { b: 1 } }, true],
    [{ a: [1] }, { a: 1 }, false],
    [{}, {}, true],
    [[{ a: 1, b: 2 }], [{ a: 1 }], true],
    [[[1, 2]], [[2]], true],
    [false, false, true],
    [[null], null, true],
  ])('of %j by %j: %s', (value, query, expected) => {
    expect(contains(value, query)).toBe(expected);
    expect(finds({ k: value }, by(query))).toBe(expected);
  });

  it('is found by the index exactly where it holds', () => {
    const small = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('a', 'b', 1, 2, true, null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('x', 'y', ''), tie('value'), { maxKeys: 2 }),
      ),
    })).value;
    fc.assert(
      fc.property(small, small, (value, query) => finds({ k: value, other: 'a' }, by(query)) === contains(value, query)),
      { numRuns: 2000 },
    );
  });
});

describe('filters', () => {
  it('without a query ask for the key', () => {
    expect(finds({ k: false }, [{ key: 'k' }])).toBe(true);
    expect(finds({ K: false }, [{ key: 'k', query: null }])).toBe(false);
  });

  it('must all hold, of the same key too', () => {
    expect(finds({ k: ['a', 'b'] }, [...by('a'), ...by('b')])).toBe(true);
    expect(finds({ k: ['a', 'b'] }, [...by('a'), ...by('c')])).toBe(false);
  });

  it('of formations are terms of the calling tenant', () => {
    expect(labelTerms([{ key: 'scenarios', query: '$[*]?(@=="front" || @ == "my back")' }], { tenant: 'T' })).toEqual({
      terms: [{ index: 'scenario', anyOf: ['T|front', 'T|my back'] }],
    });
  });

  it.each(['scenarios', 'runtimeType', 'systemRole', 'SCENARIOS'])('of %s are lists of names', (key) => {
    expect(() => labelTerms([{ key, query: '["a"]' }], { tenant: 'T' })).toThrow('Invalid data');
    expect(() => labelTerms([{ key, query: '$[*] ? (@ == "a" && @ == "b")' }], { tenant: 'T' })).toThrow('Invalid data');
    expect(() => labelTerms([{ key, query: ' $[*] ? (@ == "a")' }], { tenant: 'T' })).toThrow('Invalid data');
  });

  it('of formations need a query', () => expect(() => labelTerms([{ key: 'scenarios' }], { tenant: 'T' })).toThrow('Invalid data'));

  it.each(['kyma', ['x', 'kyma'], { kyma: 1 }])('of runtimeType find %j', (value) =>
    expect(finds({ runtimeType: value }, [{ key: 'runtimeType', query: '$[*] ? (@ == "kyma")' }])).toBe(true),
  );

  it('can ask for applications without a subaccount', () => {
    const filter = [{ key: 'global_subaccount_id', query: '{"exists": false}' }];
    expect(finds({}, filter, true)).toBe(true);
    expect(finds({ global_subaccount_id: 'x' }, filter, true)).toBe(false);
    expect(finds({}, filter)).toBe(false);
    expect(finds({ global_subaccount_id: 'x' }, [{ key: 'global_subaccount_id', query: '{"exists": true}' }], true)).toBe(false);
    expect(finds({}, [{ key: 'global_subaccount_id', query: '{"Exists": true}' }], true)).toBe(false);
    expect(finds({}, [{ key: 'global_subaccount_id', query: 'null' }], true)).toBe(true);
    expect(() => finds({}, [{ key: 'global_subaccount_id', query: '{"exists": "no"}' }], true)).toThrow('Invalid data');
  });

  it('are not deeper than labels are', () => {
    const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(finds({ k: JSON.parse(deep(64)) as unknown }, [{ key: 'k', query: deep(64) }])).toBe(true);
    for (const levels of [65, 100_000])
      expect(() => labelTerms([{ key: 'k', query: deep(levels) }], { tenant: 'T' })).toThrow('levels deep');
  });

  it.each(['', 'x', '{', '$[*] ? (@ == "a")'])('refuse the query %j', (query) =>
    expect(() => labelTerms([{ key: 'k', query }], { tenant: 'T' })).toThrow('Invalid data'),
  );
});
