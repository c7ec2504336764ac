import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeName } from '../../../../src/director/application/name.ts';

describe('normalizeName', () => {
  it.each([
    ['Commerce Cloud', 'mp-commerce-cloud'],
    ['commerce  cloud', 'mp-commerce-cloud'],
    ['Commerce Cloud!', 'mp-commerce-cloud'],
    ['shop/eu:1', 'mp-shop-eu-1'],
    ['---x---', 'mp-x'],
    ['   ', 'mp'],
    ['日本', 'mp'],
    ['mp-', 'mp-mp'],
    ['mp-Upper', 'mp-mp-upper'],
    ['mp--double', 'mp-mp-double'],
    ['mp-ready', 'mp-ready'],
    ['Ünïcode Shöp', 'mp-n-code-sh-p'],
    ['tail-', 'mp-tail'],
    ['\u0130stanbul \u212a', 'mp-istanbul-k'],
  ])('makes %j to %j', (name, expected) => expect(normalizeName(name)).toBe(expected));

  it('leaves what it made as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const once = normalizeName(name);
        return once === 'mp' || normalizeName(once) === once;
      }),
    );
  });
});
