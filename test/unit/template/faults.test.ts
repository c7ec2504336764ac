/** What is wrong with a template is told with its place, and nothing that a template does takes long or grows without end. */
import { describe, expect, it } from 'vitest';
import { FUNCTIONS, parseTemplate, renderTemplate, TemplateError } from '../../../src/template/template.ts';
import { processorTime } from '../../support/processor-time.ts';

function faultOf(work: () => unknown): TemplateError {
  try {
    work();
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('nothing is wrong with it');
}

const render = (template: string, data: unknown = {}, limits?: Parameters<typeof renderTemplate>[2]) =>
  renderTemplate(parseTemplate(template), data, limits);

describe('a template that does not parse names line, column and what was expected', () => {
  it.each([
    ['{{', '1:1', 'unclosed action'],
    ['ab\ncd {{ .X', '2:4', 'unclosed action'],
    ['{{ .X }', '1:7', 'unexpected "}" in an action'],
    ['{{ }}', '1:4', 'missing value for command'],
    ['{{ .X | }}', '1:9', 'missing value for command'],
    ['\n\n  {{ if }}', '3:9', 'missing value for if'],
    ['{{ if .X }}a', '1:1', 'unexpected end of the template: {{if}} is not closed by {{end}}'],
    ['{{ range .X }}{{ else }}', '1:1', 'expected end; found end of the template'],
    ['a {{ end }}', '1:6', 'unexpected {{end}}'],
    ['{{ else }}', '1:4', 'unexpected {{else}}'],
    ['{{ with .X }}{{ else if .Y }}{{ end }}', '1:1', 'unexpected {{else if}} in with'],
    ['{{ nothing .X }}', '1:4', 'function "nothing" not defined'],
    ['{{ $x }}', '1:4', 'undefined variable "$x"'],
    ['{{ $x = 1 }}', '1:4', 'undefined variable "$x"'],
    ['{{ "open }}', '1:4', 'unterminated quoted string'],
    ['{{ `open }}', '1:4', 'unterminated raw quoted string'],
    ["{{ 'ab' }}", '1:4', "malformed character constant: 'ab'"],
    ['{{ "\\q" }}', '1:4', 'invalid syntax in a quoted text'],
    ['{{ /* open }}', '1:1', 'unclosed comment'],
    ['{{ (.X }}', '1:4', 'unclosed left paren'],
    ['{{ 1 2 }}', '1:4', "can't give argument to non-function"],
    ['{{ .X | 1 }}', '1:9', 'non executable command in pipeline stage 2'],
    ['{{ 99999999999999999999 }}', '1:4', '99999999999999999999 overflows int'],
    ['{{ break }}', '1:4', '{{break}} outside {{range}}'],
    ['{{ if .X }}{{ define "a" }}{{ end }}{{ end }}', '1:15', 'unexpected {{define}}'],
    ['{{ define "a" }}', '1:17', 'the template "a" is not closed by {{end}}'],
    ['{{ template .X }}', '1:13', 'unexpected ".X" in template clause, expected a string'],
    ['{{ .X;.Y }}', '1:6', 'unexpected ";" in an action'],
  ])('%j', (template, place, reason) => {
    const { line, column, message } = faultOf(() => parseTemplate(template));
    expect([`${line}:${column}`, message]).toEqual([place, expect.stringContaining(reason)]);
  });
});

describe('a template that cannot be run names its place', () => {
  it.each([
    ['a\n{{ .Missing }}', '2:4', "can't evaluate field Missing"],
    ['{{ .Nil.Name }}', '1:4', 'nil pointer evaluating Name'],
    ['{{ div 1 0 }}', '1:4', 'error calling div: runtime error: integer divide by zero'],
    ['{{ index .List 9 }}', '1:4', 'error calling index'],
    ['{{ upper 1 }}', '1:4', 'error calling upper'],
    ['{{ fail "no tenant" }}', '1:4', 'error calling fail: no tenant'],
    ['{{ template "nothing" }}', '1:1', 'template "nothing" not defined'],
    ['{{ upper }}', '1:4', 'wrong number of args for upper: want 1 got 0'],
    ['{{ regexMatch "a" }}', '1:4', 'wrong number of args for regexMatch: want 2 got 1'],
    ['{{ mustRegexMatch "(" "a" }}', '1:4', 'error calling mustRegexMatch: regexp:'],
  ])('%j', (template, place, reason) => {
    const { line, column, message } = faultOf(() => render(template, { Nil: null, List: ['a'] }));
    expect([`${line}:${column}`, message]).toEqual([place, expect.stringContaining(reason)]);
  });
});

describe('no template takes long, or all memory', () => {
  const LIMITS = { output: 10_000, steps: 100_000, time: 300 };
  it.each([
    ['loops in loops', '{{ range until 1000 }}{{ range until 1000 }}{{ end }}{{ end }}', 'takes more than 100000 steps'],
    ['a long text', '{{ range until 5000 }}0123456789{{ end }}', 'the result is longer than 10000 characters'],
    ['a text that doubles', '{{ $x := "ab" }}{{ range until 60 }}{{ $x = print $x $x }}{{ end }}', 'longer than 10000 characters'],
    ['a repeated text', '{{ repeat 100000000 "abc" }}', 'too long'],
    ['a wide number', '{{ printf "%999999999d" 1 }}', 'too much'],
    ['a template within itself', '{{ define "a" }}{{ template "a" }}{{ end }}{{ template "a" }}', 'exceeded maximum template depth'],
    ['a long list', '{{ untilStep 0 1000000000 1 }}', 'more than 100000 steps'],
    [
      'a pattern that explodes',
      '{{ regexMatch "^(a+)+$" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" }}',
      'the pattern takes longer than 250 ms',
    ],
    [
      'exploding patterns, many',
      '{{ range until 99 }}{{ regexReplaceAll "^(a|a)*$" "aaaaaaaaaaaaaaaaaaaaaaaa!" "" }}{{ end }}',
      'takes longer than',
    ],
  ])('%s', (_, template, reason) => {
    const given = () => expect(faultOf(() => render(template, {}, LIMITS)).message).toContain(reason);
    expect(processorTime(given)).toBeLessThan(2_000);
  });

  it.each(['('.repeat(5000), `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`, '{{ if 1 }}'.repeat(5000)])(
    'deep nesting is refused, not followed',
    (template) => {
      try {
        parseTemplate(template);
      } catch (error) {
        expect(error).toBeInstanceOf(TemplateError);
      }
    },
  );
});

describe('nothing leads out of a template', () => {
  it.each([
    'env',
    'expandenv',
    'getHostByName',
    'genPrivateKey',
    'genCA',
    'derivePassword',
    'include',
    'tpl',
    'lookup',
    'constructor',
    '__proto__',
  ])('there is no function %s', (name) => {
    expect(Object.hasOwn(FUNCTIONS, name)).toBe(false);
    expect(faultOf(() => parseTemplate(`{{ ${name} "PATH" }}`)).message).toContain('not defined');
  });
  it.each([
    '{{ .constructor }}',
    '{{ .S.constructor }}',
    '{{ .S.__proto__ }}',
    '{{ .L.length }}',
    '{{ .T.toString }}',
    '{{ ("a").length }}',
  ])('objects show their fields alone: %s', (template) =>
    expect(() => render(template, { S: { A: 1n }, L: ['a'], T: 'text' })).toThrow(TemplateError),
  );
});
