/** The language against Go's own `text/template`: `[template, result]`, or `[template]` where Go refuses it; written down from Go. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GoMap, NamedText, parseTemplate, RawJson, renderTemplate, TemplateError, textMap } from '../../../src/template/template.ts';

const cases = JSON.parse(readFileSync(new URL('./against-go.json', import.meta.url), 'utf8')) as [string, string?][];
const anyMap = (entries: Record<string, unknown>) => new GoMap(Object.entries(entries));

/** `null` is a nil pointer, `undefined` a nil interface, an empty RawJson a nil slice of bytes. */
const S = {
  ID: 'i1',
  Name: 'crm-main',
  Nil: null,
  Ptr: 'pointed',
  N: 3n,
  L: ['x', 'y'],
  M: textMap({ a: '1', b: 'two' }),
  Any: anyMap({ s: 't', n: 1.5, l: ['q', 2.0], o: anyMap({ k: 'v' }), nil: undefined }),
  NilStruct: null,
  Flag: true,
  Op: new NamedText('assign'),
  Raw: new RawJson('{"k":[1]}'),
  NilRaw: new RawJson(''),
};
const data = { S, Nil: null, Op: new NamedText('assign'), L: [1n, 'b', 2.5, true, undefined], E: [] };

function rendered(template: string): string | undefined {
  try {
    return renderTemplate(parseTemplate(template), data);
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

describe('templates', () => {
  it("render what Go's render, and are refused where Go's are", () => {
    const differences = cases.filter(([template, result]) => rendered(template) !== result);
    expect(cases.length).toBeGreaterThan(2000);
    expect(differences.map(([template, result]) => ({ template, result, ours: rendered(template) }))).toEqual([]);
  });

  it.each([
    ['{{ quote .S.Nil }}', '"<nil>"'],
    ['{{ .S.Ptr | quote }}', '"pointed"'],
    ['{{ printf "%.*f" 3 2.0005 }}', '2.001'],
  ])('%s', (template, result) => expect(rendered(template)).toBe(result));

  it.each([
    '{{ printf "%.500f" 1.5 }}',
    '{{ printf "%2000d" 1 }}',
    '{{ repeat 9999999 "ab" }}',
    '{{ mustRegexMatch "(" "a" }}',
    '{{ toJson (mustFromJson "{") }}',
  ])('a fault of a function has its place: %s', (template) =>
    expect(() => renderTemplate(parseTemplate(template), data)).toThrow(TemplateError),
  );
});
