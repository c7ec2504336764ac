import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSpec } from '../../src/cli/input/spec/check.ts';
import { placeIn } from '../../src/text/fault.ts';
import { jsonFault } from '../../src/text/json-fault.ts';
import { readXml } from '../../src/cli/input/spec/xml.ts';

describe('JSON', () => {
  const isJson = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const mangled = fc
    .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', '1', '\\', ' ', '\n', 'e'))
    .map(([text, at, sign]) => text.slice(0, at % (text.length + 1)) + sign + text.slice((at % (text.length + 1)) + 1));

  it('is told from what is none', () => {
    fc.assert(
      fc.property(fc.oneof(mangled, fc.json()), (text) => (jsonFault(text) === undefined) === isJson(text)),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['{"a": 1,}', '1:9'],
    ['{\n "a": 1\n "b": 2\n}', '3:2'],
    ['[1, 2', '1:6'],
    ['{"a": "x\ny"}', '1:9'],
    ["{'a': 1}", '1:2'],
  ])('%j is wrong at %s', (text, place) => expect(placeIn(text, jsonFault(text)!.at)).toBe(place));

  it('may hold texts of any length', () => expect(jsonFault(JSON.stringify('x\n'.repeat(2_000_000)))).toBeUndefined());
});

describe('XML', () => {
  it.each([
    '<a/>',
    '<?xml version="1.0"?>\n<!-- c --><!DOCTYPE a [<!ENTITY x "y">]>\n<a b="1" c=\'2\'>&amp;&#10;<b/>t<![CDATA[<&]]></a>\n',
    '<edmx:Edmx xmlns:edmx="u"><é a-b.c="d"></é></edmx:Edmx >',
  ])('is %j', (text) => expect(readXml(text)).toHaveProperty('root'));

  it.each([
    ['<a>', '<a> is never closed'],
    ['<a></b>', '</b> closes <a>'],
    ['</a>', '</a> closes nothing'],
    ['<a b="1" b="2"/>', '<a> has the attribute b twice'],
    ['<a b=1/>', 'expected a tag that is whole'],
    ['<a>&</a>', 'expected an entity'],
    ['<a/><b/>', '<b> stands beside the root <a>'],
    ['<a/>text', 'text stands outside of the root'],
    ['<!-- nothing -->', 'expected a root element'],
  ])('is not %j', (text, reason) => expect(readXml(text)).toMatchObject({ reason: expect.stringContaining(reason) as string }));

  it('may hold texts of any length', () => expect(readXml(`<a>${'x&lt;'.repeat(1_000_000)}</a>`)).toEqual({ root: 'a' }));
});

describe('what a specification is', () => {
  it.each([
    ['openapi: 3.0.3\n', { format: 'YAML', type: 'OPEN_API', title: 'OpenAPI 3.0.3' }],
    ['{"swagger": "2.0"}', { format: 'JSON', type: 'OPEN_API', title: 'Swagger 2.0' }],
    ['\uFEFF{"swagger": "2.0"}', { format: 'JSON', type: 'OPEN_API', title: 'Swagger 2.0' }],
    ['a: {x: 1}\nb: {x: 1, <<: {y: 1}, <<: {z: 1}}\n1: a\n"1": b\n', { format: 'YAML', type: undefined, title: undefined }],
    ['{"asyncapi": "2.6.0"}', { format: 'JSON', type: 'ASYNC_API', title: 'AsyncAPI 2.6.0' }],
    ['<edmx:Edmx/>', { format: 'XML', type: 'ODATA', title: 'OData' }],
    ['{"$Version": "4.01"}', { format: 'JSON', type: 'ODATA', title: 'OData 4.01' }],
    ['<other/>', { format: 'XML', type: undefined, title: undefined }],
    ['plain text', { format: 'YAML', type: undefined, title: undefined }],
  ])('%j', async (text, checked) => expect(await checkSpec(text, 'spec')).toEqual(checked));

  it('is not found in what is not written as it is said to be', async () => {
    await expect(checkSpec('openapi: 3', 'spec', 'JSON')).rejects.toThrow('spec:1:1: no JSON: expected a value.');
    await expect(checkSpec('\uFEFF{"openapi": 3,}', 'spec')).rejects.toThrow('spec:1:16: no JSON: expected a name in quotes.');
    await expect(checkSpec('a: &x [*x, *x]\nb: {', 'spec.yaml')).rejects.toThrow(/^spec\.yaml:\d+:\d+: no YAML: /);
  });

  it.each([
    ['a: 1\nb:\n  - c: 1\n    c: 2\n', '4:5'],
    ['{a: 1, "a": 2}', '1:8'],
    ['a: 1\n"a": 2', '2:1'],
  ])('is not found where a key of YAML comes twice: %j', async (text, place) => {
    await expect(checkSpec(text, 'spec', 'YAML')).rejects.toThrow(`spec:${place}: no YAML: Map keys must be unique.`);
  });

  it('is found soon among many keys', async () => {
    const paths = Array.from({ length: 20_000 }, (_, number) => `  /${number}: {}\n`).join('');
    const began = process.cpuUsage();
    expect(await checkSpec(`openapi: 3.0.3\npaths:\n${paths}`, 'spec')).toMatchObject({ title: 'OpenAPI 3.0.3' });
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1e6).toBeLessThan(2);
  });

  it('is not looked for in what is longer than a plane takes', async () => {
    expect(await checkSpec(`{"openapi": "3.0.3", "x": "${'x'.repeat(8_000_000)}"}`, 'spec')).toEqual({
      format: 'JSON',
      type: undefined,
      title: undefined,
      unread: true,
    });
  });
});
