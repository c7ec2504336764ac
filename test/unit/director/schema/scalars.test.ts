import fc from 'fast-check';
import { astFromValue, GraphQLString, parseValue, type ValueNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { normalJson } from '../../../../src/director/bundle/normal-json.ts';
import { readMultimap, serializedMultimap } from '../../../../src/director/auth/multimap.ts';
import { DirectorError } from '../../../../src/director/errors.ts';
import { SCALARS } from '../../../../src/director/schema/scalars.ts';

const scalar = (name: string) => SCALARS[name]!;
const asVariable = (name: string, value: unknown): unknown => scalar(name).parseValue(value);
const asLiteral = (name: string, node: ValueNode): unknown => scalar(name).parseLiteral(node, {});
const literalOf = (text: string) => astFromValue(text, GraphQLString)!;

/** What a reader gives, or the kind of error that it throws. */
function outcome(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof DirectorError) return error.kind;
    throw error;
  }
}

const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const noText = fc.anything().filter((value) => typeof value !== 'string');
const json = fc.jsonValue({ maxDepth: 4 });

/** JSON text with blanks wherever they may stand. */
const spaced = (value: unknown): fc.Arbitrary<string> =>
  fc.constantFrom(undefined, 1, 3, '\t').map((indent) => `\n ${JSON.stringify(value, null, indent)}\r\t`);
const jsonText = json.chain(spaced);

const TEXTS = ['CLOB', 'PageCursor', 'Timestamp', 'HttpHeadersSerialized', 'QueryParamsSerialized'];

describe.each(TEXTS)('%s', (name) => {
  it('takes any text as it is, in a variable as in the document, and nothing else', () => {
    fc.assert(
      fc.property(anyText, noText, (text, other) => {
        expect(asVariable(name, text)).toBe(text);
        expect(asLiteral(name, literalOf(text))).toBe(text);
        expect(outcome(() => asVariable(name, other))).toBe('InvalidData');
      }),
    );
  });
});

describe.each(['JSON', 'JSONSchema'])('%s', (name) => {
  it('keeps a text that is JSON as it was given', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        fc.pre(!/\\u0000|\\ud[89a-f]/i.test(text));
        expect(asVariable(name, text)).toBe(text);
        expect(asLiteral(name, literalOf(text))).toBe(text);
      }),
    );
  });

  it('refuses every other text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          jsonText.map((text) => text.trim().slice(0, -1)),
        ),
        (text) => {
          let isJson = true;
          try {
            JSON.parse(text);
          } catch {
            isJson = false;
          }
          expect(outcome(() => asVariable(name, text))).toEqual(isJson ? { value: text } : 'InvalidData');
        },
      ),
    );
    for (const text of ['"\\u0000"', '{"\\u0000":1}', '"\\ud800"', '1e400', '[1,-1e400]'])
      expect(outcome(() => asVariable(name, text))).toBe('InvalidData');
  });
});

describe('the normal form of JSON', () => {
  it('means what the text means, and is its own normal form', () => {
    fc.assert(
      fc.property(
        json.chain((value) => spaced(value).map((text) => ({ value, text }))),
        ({ value, text }) => {
          fc.pre(!/\\u0000|\\ud[89a-f]/i.test(text));
          const normal = normalJson(text);
          expect(normal === undefined ? null : JSON.parse(normal)).toEqual(JSON.parse(JSON.stringify(value)));
          expect(normalJson(normal)).toBe(normal);
        },
      ),
    );
  });

  it('orders keys by their length in bytes and then by bytes, at every depth', () => {
    const ordered = (value: unknown): boolean => {
      if (Array.isArray(value)) return value.every(ordered);
      if (!(value instanceof Map)) return true;
      const keys = [...(value as Map<string, unknown>).keys()].map((key) => Buffer.from(key));
      const inOrder = keys.every(
        (key, at) =>
          at === 0 || keys[at - 1]!.length < key.length || (keys[at - 1]!.length === key.length && Buffer.compare(keys[at - 1]!, key) < 0),
      );
      return inOrder && [...(value as Map<string, unknown>).values()].every(ordered);
    };
    const dictionary = fc.dictionary(
      fc.string({ unit: fc.constantFrom('a', 'b', 'é', '1', '日'), maxLength: 3 }),
      fc.constantFrom(1, 'x', null),
    );
    fc.assert(
      fc.property(dictionary, (value) => {
        const normal = normalJson(JSON.stringify(value))!;
        // keys in the order of the text, which JSON.parse would not keep for numbers
        const keys = [...normal.matchAll(/("(?:[^"\\]|\\.)*"): /g)].map(([, key]) => [JSON.parse(key!) as string, 0] as const);
        return ordered(new Map(keys)) && keys.length === Object.keys(value).length;
      }),
    );
  });
});

describe('Labels', () => {
  it('are objects with any JSON in them, the same in a variable and in the document', () => {
    const named = fc.dictionary(fc.stringMatching(/^[_a-zA-Z]\w{0,5}$/), json);
    fc.assert(
      fc.property(named, (labels) => {
        const literal = JSON.stringify(labels, (_, value: unknown) => (Object.is(value, -0) ? 0 : value));
        // keys of a literal are names, so only the outermost object can be written as one
        const body = Object.keys(labels).map((key) => `${key}: ${JSON.stringify(JSON.stringify(labels[key]))}`);
        expect(asVariable('Labels', JSON.parse(literal))).toEqual(JSON.parse(literal));
        expect(asLiteral('Labels', parseValue(`{${body.join(' ')}}`))).toEqual(
          Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, JSON.stringify(value)])),
        );
      }),
    );
  });

  it('are at most 64 levels deep', () => {
    const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as unknown;
    expect(asVariable('Labels', deep(64))).toEqual(deep(64));
    for (const levels of [65, 100_000]) {
      expect(outcome(() => asVariable('Labels', deep(levels)))).toBe('InvalidData');
      expect(outcome(() => asVariable('Any', deep(levels)))).toBe('InvalidData');
    }
  });

  it('are nothing else', () => {
    fc.assert(
      fc.property(
        json.filter((value) => typeof value !== 'object' || value === null || Array.isArray(value)),
        (value) => outcome(() => asVariable('Labels', value)) === 'InvalidData',
      ),
    );
  });
});

describe.each([
  ['HttpHeaders', 'HTTP headers'],
  ['QueryParams', 'query parameters'],
])('%s', (name, words) => {
  const map = fc.dictionary(
    fc.string({ maxLength: 5 }),
    fc.oneof(fc.constant(null), fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 })),
    { minKeys: 1 },
  );

  it('cannot be given as an object', () => {
    fc.assert(fc.property(map, (value) => outcome(() => asVariable(name, value)) === 'InvalidData'));
  });

  it('are read from their text and written to it without loss', () => {
    fc.assert(
      fc.property(map, (value) => {
        const text = serializedMultimap(value);
        expect(readMultimap(text, words)).toEqual(value);
        expect(serializedMultimap(readMultimap(JSON.stringify(value), words)!)).toBe(text);
      }),
    );
  });

  it('that are no map of lists are refused, whatever the text', () => {
    const isMap = (value: unknown) =>
      typeof value === 'object' &&
      !Array.isArray(value) &&
      Object.values(value ?? {}).every(
        (list) => list === null || (Array.isArray(list) && list.every((item) => item === null || typeof item === 'string')),
      );
    fc.assert(
      fc.property(json, (value) => {
        const read = outcome(() => readMultimap(JSON.stringify(value), words));
        if (isMap(value)) expect(read).toHaveProperty('value');
        else expect(read).toBe('InvalidData');
      }),
    );
  });
});
