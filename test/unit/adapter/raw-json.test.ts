import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rawValue } from '../../../src/adapter/raw-json.ts';

describe('the text of a value inside JSON', () => {
  it('is as it was sent, blanks and numbers included', () => {
    expect(rawValue('{ "api" : {"x":"}", "spec": { "b": 1.0, "2": "\\"]" } } }', ['api', 'spec'])).toBe('{ "b": 1.0, "2": "\\"]" }');
    expect(rawValue('{"events":{"spec":"openapi: 3"}}', ['events', 'spec'])).toBe('"openapi: 3"');
    expect(rawValue('{"spec":1,"sp\\u0065c":[2]}', ['spec'])).toBe('[2]');
  });

  it('is not there where a name is missing, or stands in a text or a list', () => {
    expect(rawValue('{"a":"\\"spec\\":1"}', ['spec'])).toBeUndefined();
    expect(rawValue('[{"spec":1}]', ['spec'])).toBeUndefined();
    expect(rawValue('{}', ['api', 'spec'])).toBeUndefined();
  });

  it('means the same value, wherever it stands', () => {
    const names = fc.constantFrom('a', 'spec', '', '"', '\\', 'ü');
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), names, fc.constantFrom(0, 2), (object, name, indent) => {
        const raw = rawValue(JSON.stringify(object, null, indent), [name]);
        expect(raw === undefined ? undefined : JSON.parse(raw)).toEqual(
          Object.hasOwn(object, name) ? JSON.parse(JSON.stringify(object[name])) : undefined,
        );
      }),
    );
  });
});
