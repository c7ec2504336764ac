import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byLengthThenBytes, compareBytes } from '../../../src/text/order.ts';

const text = fc.string({
  unit: fc.oneof(fc.constantFrom('a', 'é', '\ue000', '\uffff', '\u{10000}', '\u{1f600}'), fc.string({ unit: 'binary' })),
});
const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

test('texts are in the order of their UTF-8 bytes, which is not that of their units', () => {
  expect(compareBytes('\u{10000}', '\uffff')).toBeGreaterThan(0);
  fc.assert(fc.property(text, text, (a, b) => Math.sign(compareBytes(a, b)) === bytes(a, b)));
});

test('keys of stored JSON: the shorter one in bytes first', () => {
  expect(['zz', 'é', 'aaa', 'b', '\u{1f600}', 'ab'].sort(byLengthThenBytes)).toEqual(['b', 'ab', 'zz', 'é', 'aaa', '\u{1f600}']);
});
