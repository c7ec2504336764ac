/** The documented behaviour of the functions: `[template, result]`, or `[template]` where it must fail. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { GoMap, parseTemplate, renderTemplate, TemplateError } from '../../../src/template/template.ts';

const cases = JSON.parse(readFileSync(new URL('./functions.json', import.meta.url), 'utf8')) as [string, string?][];

function rendered(template: string): string | undefined {
  try {
    return renderTemplate(parseTemplate(template), new GoMap());
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

it.each(cases)('%s', (template, result) => expect(rendered(template)).toBe(result));
