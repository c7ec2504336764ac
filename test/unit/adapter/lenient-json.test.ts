import { describe, expect, it } from 'vitest';
import { firstValue, memberOf } from '../../../src/adapter/lenient-json.ts';

describe('a body that is read as a stream', () => {
  it.each([
    ['', { fault: 'EOF' }],
    [' \n', { fault: 'EOF' }],
    ['{"name":', { fault: 'unexpected EOF' }],
    ['{"name":"a', { fault: 'unexpected EOF' }],
    ['{"name":tru', { fault: 'unexpected EOF' }],
    ['{nope', { fault: "invalid character 'n' looking for beginning of object key string" }],
    ['{"a":tr ue}', { fault: "invalid character ' ' in literal true (expecting 'u')" }],
    ['{"a":{"b":"}"}} {"c":1}', { value: '{"a":{"b":"}"}}' }],
    [' {} nonsense', { value: '{}' }],
    ['null]', { value: 'null' }],
  ])('%j', (text, expected) => {
    expect(firstValue(text)).toEqual(expected);
  });
});

it('a member is found in letters of any case, the last one of its name', () => {
  expect(memberOf({ Name: 1 }, 'name')).toBe(1);
  expect(memberOf({ name: 1, NAME: 2 }, 'name')).toBe(2);
  expect(memberOf({ nam: 1 }, 'name')).toBeUndefined();
});
