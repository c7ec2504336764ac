import { expect, it } from 'vitest';
import { GoMap, NamedText, parseTemplate, RawJson, renderTemplate } from '../../../src/template/template.ts';

const data = {
  Raw: new RawJson('{"a":{"b":[1,{"c":"x"}],"n":null},"t":"text"}'),
  None: new RawJson(''),
  Nil: null,
  Op: new NamedText('assign'),
  Map: new GoMap([['k', 1n]]),
};
const rendered = (template: string) => renderTemplate(parseTemplate(template), data);

it.each([
  ['{{ copy .Raw "a.b.1.c" }}', 'x'],
  ['{{ copy .Raw "a.b" }}', '[1,{"c":"x"}]'],
  ['{{ copy .Raw "a.b.#" }}', '2'],
  ['{{ copy .Raw "a.n" }}|{{ copy .Raw "nothing" }}|{{ copy .None "." }}', '||'],
  ['{{ contains .Raw "\\"c\\":\\"x\\"" }} {{ contains .None "c" }}', 'true false'],
  [
    `{{ updateAndCopy .Raw "a" (mkslice "{\\"key\\":\\"d.e\\",\\"value\\":\\"7\\"}" "{\\"key\\":\\"n\\",\\"value\\":\\"plain\\"}") }}`,
    JSON.stringify('{"b":[1,{"c":"x"}],"n":"plain","d":{"e":7}}'),
  ],
  [`{{ updateAndCopy .None "." (mkslice "{\\"key\\":\\"a\\",\\"value\\":\\"null\\"}") }}`, JSON.stringify('{"a":null}')],
  [
    `{{ updateAndCopy .Raw "." (mkslice "{\\"value\\":null,\\"key\\":\\"a\\"}" "{\\"key\\":\\"t\\"}" "{\\"key\\":\\"o\\",\\"value\\":{\\"p\\":[1]}}") }}`,
    JSON.stringify('{"a":"","t":"","o":{"p":[1]}}'),
  ],
  [
    `{{ updateAndCopy .None "." (mkslice "{\\"key\\":\\"config\\":\\"value\\":{\\"id\\":\\"}\\"}}" "{\\"key\\":\\"n\\":\\"value\\":1.5}" "{\\"key\\":\\"s\\":\\"value\\":\\"a\\"}") }}`,
    JSON.stringify('{"config":{"id":"}"},"n":1.5,"s":"a"}'),
  ],
  ['{{ Join (mkslice "a" 1 true) }}', '"a", "1", "true"'],
  [
    '{{ stringify .Op }}|{{ stringify .Nil }}|{{ stringify .Raw | len }}|{{ stringify .Map }}|{{ stringify 1.5 }}',
    'assign||45|map[k:1]|1.5',
  ],
])('%s', (template, text) => expect(rendered(template)).toBe(text));

it.each(['{{ contains "text" "t" }}', '{{ copy "{}" "." }}', '{{ updateAndCopy .Raw "." (mkslice "no change") }}'])(
  '%s is refused',
  (template) => expect(() => rendered(template)).toThrow(/error calling/),
);

it('of no data at all every field is nothing', () => {
  expect(renderTemplate(parseTemplate('{{ .A }}|{{ .A.B }}|{{ if .A.B }}yes{{ end }}'), undefined)).toBe('<no value>|<no value>|');
  expect(() => renderTemplate(parseTemplate('{{ (fromJson "{}").a.b }}'), data)).toThrow('nil data');
});
