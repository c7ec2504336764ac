import { describe, expect, it } from 'vitest';
import { normalJson } from '../../../../src/director/bundle/normal-json.ts';

describe('the normal form of a JSON text', () => {
  it.each([
    ['{"bb":1,"a":2,"a":3,"é":4,"B":5}', '{"B": 5, "a": 3, "bb": 1, "é": 4}'],
    ['[1.10, 1e2, 1.5e1, 0.10e1, 1.10e-2, 1e-7, -0, -0.0, -1.50]', '[1.10, 100, 15, 1.0, 0.0110, 0.0000001, 0, 0.0, -1.50]'],
    ['[12345678901234567890, 0.1234567890123456789012345]', '[12345678901234567890, 0.1234567890123456789012345]'],
    [' [ 1 , "two" , { } , [ ] ] ', '[1, "two", {}, []]'],
    [String.raw`"\u00e9\/\t\u0001\\"`, String.raw`"é/\t\u0001\\"`],
    ['{"a":"}\\"]:,","__proto__":1}', '{"a": "}\\"]:,", "__proto__": 1}'],
  ])('of %s', (text, normal) => {
    expect(normalJson(text)).toBe(normal);
  });

  it('is a fixed point', () => {
    const normal = normalJson('{"z":[1.0,{"y":null}],"x":true}')!;
    expect(normalJson(normal)).toBe(normal);
  });

  it('null means that there is nothing', () => {
    expect(normalJson(' null ')).toBeUndefined();
  });

  it.each(['', '{', '"\\u0000"', '"\\ud800"', '{"\\udc00":1}', '1e5000', '1e-5000', '['.repeat(5000) + ']'.repeat(5000)])(
    'refuses %.20s',
    (text) => {
      expect(() => normalJson(text)).toThrow('Invalid data');
    },
  );
});
