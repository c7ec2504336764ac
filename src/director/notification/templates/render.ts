/** The template language as notifications and constraints use it: texts are parsed once, results are JSON. */
import { LRUCache } from 'lru-cache';
import { parseTemplate, renderTemplate, type Template } from '../../../template/template.ts';

/** How many parsed templates are kept; far more than a landscape has webhooks that are in use at a time. */
const KEPT = 1000;
const parsed = new LRUCache<string, Template>({ max: KEPT });

function parseOnce(text: string): Template {
  const known = parsed.get(text);
  if (known) return known;
  const template = parseTemplate(text);
  parsed.set(text, template);
  return template;
}

/** What is not there is an empty text between quotes, else null. @throws TemplateError */
export const renderText = (text: string, data: unknown): string =>
  renderTemplate(parseOnce(text), data).replaceAll('"<nil>"', '""').replaceAll('<nil>', 'null');

/** JSON text. @throws TemplateError; SyntaxError where the result is no JSON */
export function renderJsonText(text: string, data: unknown): string {
  const rendered = renderText(text, data);
  JSON.parse(rendered);
  return rendered;
}

/** @throws TemplateError; SyntaxError where the result is no JSON */
export const renderJson = (text: string, data: unknown): unknown => JSON.parse(renderJsonText(text, data));
