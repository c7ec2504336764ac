/** The template language as notifications and constraints use it: texts are parsed once, results are JSON. */

/** @throws TemplateError; SyntaxError where the result is no JSON */
export function renderJsonText(_text: string, _data: unknown): string {
  throw new Error('the template language is not there yet');
}

/** @throws TemplateError; SyntaxError where the result is no JSON */
export const renderJson = (text: string, data: unknown): unknown => JSON.parse(renderJsonText(text, data));
