import { describe, expect, it } from 'vitest';
import { payloadValue } from '../../../../src/director/application-template/payload.ts';
import { fillPlaceholders, placeholdersFault } from '../../../../src/director/application-template/placeholders.ts';

describe('placeholdersFault', () => {
  it.each([
    [['a', 'a'], { name: '{{a}}' }, 'placeholder [name=a] not unique'],
    [['a', 'b'], { name: '{{a}}' }, 'application input does not use provided placeholder [name=b]'],
    [['a'], { name: '{{a}}{{}}' }, 'Empty placeholder [name=] provided in the Application Input'],
    [
      ['a'],
      { name: '{{a}}', baseUrl: '{{c}}', labels: { y: '{{d}}', x: [{ b: '{{f}}', a: '{{e}}' }] } },
      'Placeholder [name=e] is used in the application input but it is not defined in the Placeholders array',
    ],
    [[], { name: '{{a.1}}{{.X}}{{a}b}}' }, undefined],
    [[], { name: 'n', webhooks: [{ type: 'CONFIGURATION_CHANGED', inputTemplate: '{{x}}' }] }, undefined],
    [['x'], { name: 'n', webhooks: [{ type: 'CONFIGURATION_CHANGED', inputTemplate: '{{x}}' }] }, undefined],
    [['x'], { name: 'n', bundles: [{ name: '{{x}}' }] }, undefined],
  ])('of %j in %j', (names, input, expected) =>
    expect(
      placeholdersFault(
        names.map((name) => ({ name })),
        input as never,
      ),
    ).toBe(expected),
  );
});

describe('fillPlaceholders', () => {
  const values = { name: 'shop', empty: '', odd: '$& $1' };

  it('leaves out a label that is nothing but an empty value', () => {
    const labels = { gone: '{{empty}}', kept: 'in {{empty}}!', list: ['{{empty}}'], name: '{{name}}' };
    expect(fillPlaceholders({ name: '{{name}}', labels }, values).labels).toEqual({ kept: 'in !', list: [''], name: 'shop' });
  });

  it('fills in one after the other: a value may hold what comes later, not what came before', () => {
    const input = { name: '{{a}}', description: '{{b}}' };
    expect(fillPlaceholders(input, { a: '{{b}}!', b: '{{a}}' })).toEqual({ name: '{{a}}!', description: '{{a}}', labels: {} });
  });

  it('takes values as they are, wherever they stand', () => {
    expect(fillPlaceholders({ name: '{{odd}}', bundles: [{ name: 'of {{name}}', description: '{{unknown}}' }] }, values)).toMatchObject({
      name: '$& $1',
      bundles: [{ name: 'of shop', description: '{{unknown}}' }],
    });
  });
});

describe('payloadValue', () => {
  const payload = { a: { b: ['x', { c: 7 }], yes: false, big: 1e21, n: null, o: {} }, 'odd key': 1.5 };
  const value = (jsonPath?: string) => payloadValue(payload, { name: 'p', optional: true, ...(jsonPath ? { jsonPath } : {}) });

  it.each([
    ['$.a.b[0]', 'x'],
    ["$['a']['b'][1].c", '7'],
    ['$.a.yes', 'false'],
    ['.a.yes', 'false'],
    ['@.a.yes', 'false'],
    ['$.a.big', '1000000000000000000000'],
    ['$["odd key"]', '1.5'],
  ])('at %s is %s', (path, expected) => expect(value(path)).toBe(expected));

  it.each([undefined, '$.a.c', '$.a.b[2]', '$.a.b.length', '$.a.n', '$.a.o', '$.a.b', '$', 'a.b', '$.a.', '$.a.__proto__'])(
    'refuses %s',
    (path) => expect(() => value(path)).toThrow('Invalid data'),
  );
});
