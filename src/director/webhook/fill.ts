/** Fills a template in with an empty object. Knows the outline of the language alone: where actions stand, and which branch an empty object takes. */
import type { TemplateKind } from './templates.ts';

const ACTION = /\{\{-?\s*(.*?)\s*-?\}\}/gs;

interface Branch {
  readonly outer: boolean;
  shown: boolean;
}

/** The text that an empty object makes of the template, or why it can not. */
export function fillEmpty(
  template: string,
  _kind: TemplateKind,
  _webhookType: string,
): { readonly text: string } | { readonly fault: string } {
  const open: Branch[] = [];
  let text = '';
  let end = 0;
  const shown = () => open.every((branch) => branch.outer && branch.shown);
  for (const match of template.matchAll(ACTION)) {
    if (shown()) text += template.slice(end, match.index);
    end = match.index + match[0].length;
    const action = match[1]!;
    const keyword = /^\w+/.exec(action)?.[0];
    if (keyword === 'if' || keyword === 'with' || keyword === 'range') open.push({ outer: shown(), shown: false });
    else if (keyword === 'else' && open.length > 0) open.at(-1)!.shown = true;
    else if (keyword === 'end') {
      if (!open.pop()) return { fault: 'template: unexpected {{end}}' };
    } else if (shown() && !action.startsWith('/*') && !action.includes(':=')) text += inText(text) ? '' : 'null';
  }
  if (open.length > 0) return { fault: 'template: unexpected EOF' };
  text += template.slice(end);
  return text.includes('{{') && !text.includes('{{"') ? { fault: 'template: unclosed action' } : { text };
}

/** Whether the JSON so far ends inside a text. */
const inText = (json: string) => (json.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
