import { describe, expect, it } from 'vitest';
import { readMultimap, serializedMultimap } from '../../../../src/director/auth/multimap.ts';
import { jsonFault } from '../../../../src/director/texts/json-fault.ts';

const faultOf = (text: string) => {
  try {
    readMultimap(text, 'HTTP headers');
    return undefined;
  } catch (error) {
    return /unable to unmarshal HTTP headers: (.*)\]$/.exec((error as Error).message)?.[1];
  }
};

describe('headers given as text', () => {
  it('are a map of lists; what is empty is none', () => {
    expect(readMultimap('{"B":["2"],"A":null,"":[""]}', 'x')).toEqual({ B: ['2'], A: null, '': [''] });
    expect(readMultimap('{}', 'x')).toBeUndefined();
    expect(readMultimap('null', 'x')).toBeUndefined();
  });

  it.each([
    ['', 'unexpected end of JSON input'],
    ['X: 1', "invalid character 'X' looking for beginning of value"],
    ['[]', 'json: cannot unmarshal array into Go value of type map[string][]string'],
    ['{"X":"1"}', 'json: cannot unmarshal string into Go value of type []string'],
    ['{"X":[1]}', 'json: cannot unmarshal number into Go value of type string'],
  ])('are refused as %j', (text, fault) => expect(faultOf(text)).toBe(fault));

  it('come back compact, in byte order, with markup escaped', () => {
    expect(serializedMultimap({ q: ['x&y', '<a>'], B: [], a: null })).toBe('{"B":[],"a":null,"q":["x\\u0026y","\\u003ca\\u003e"]}');
  });
});

describe('faults of JSON', () => {
  it.each([
    ['{"a":1', 'unexpected end of JSON input'],
    ['{nope', "invalid character 'n' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b"', `invalid character '"' after object key:value pair`],
    ['[1 2]', "invalid character '2' after array element"],
    ['"a\n"', String.raw`invalid character '\n' in string literal`],
    ['nope', "invalid character 'o' in literal null (expecting 'u')"],
    ['{} x', "invalid character 'x' after top-level value"],
    ['nul', "invalid character ' ' in literal null (expecting 'l')"],
    ['{"a":-', "invalid character ' ' in numeric literal"],
    ['1e', "invalid character ' ' in exponent of numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1.5.5', "invalid character '.' after top-level value"],
    ['01', "invalid character '1' after top-level value"],
    ['"a\\', "invalid character ' ' in string escape code"],
    ['"a', 'unexpected end of JSON input'],
    ['é', "invalid character 'Ã' looking for beginning of value"],
    ['{\u0001', String.raw`invalid character '\x01' looking for beginning of object key string`],
  ])('%j', (text, fault) => expect(jsonFault(text)).toBe(fault));

  it('are told of a text that is nested without end', () => expect(jsonFault('['.repeat(200_000))).toBe('exceeded max depth'));
  it('are none in what is JSON', () => expect(jsonFault(' {"a":[1,-2.5e3,true,null,"\\u00e9"]} ')).toBeUndefined());
});
