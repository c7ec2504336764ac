/** Whether a text is well-formed XML, as far as its tags tell: they nest, attributes are quoted and come once, there is one root. */
import type { Fault } from '../../../text/fault.ts';

const NAME = String.raw`[\p{L}_:][\p{L}\p{N}_:.\-]*`;
/** What is no element: declaration and instructions, comments, CDATA, DOCTYPE with its subset. */
const ASIDE = /<\?[^]*?\?>|<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>/y;
const START = new RegExp(String.raw`<(${NAME})((?:\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>`, 'uy');
const END = new RegExp(String.raw`</(${NAME})\s*>`, 'uy');
const ATTRIBUTE = new RegExp(String.raw`(${NAME})\s*=`, 'gu');
/** Text between tags: an ampersand begins an entity. */
const TEXT = /[^<&]+|&(?:[a-zA-Z][\w.-]*|#\d+|#x[0-9a-fA-F]+);/y;

function repeated(attributes: string): string | undefined {
  const bare = attributes.replaceAll(/"[^"]*"|'[^']*'/g, '');
  const names = [...bare.matchAll(ATTRIBUTE)].map(([, name]) => name!);
  return names.find((name, index) => names.indexOf(name) < index);
}

/** Undefined for well-formed XML; the root's name is `root`. */
export function readXml(text: string): { readonly root: string } | Fault {
  const open: { readonly name: string; readonly at: number }[] = [];
  let root: string | undefined;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (at < text.length) {
    const from = at;
    if (next(ASIDE)) continue;
    const start = next(START);
    if (start) {
      const [, name = '', attributes = '', empty] = start;
      const twice = repeated(attributes);
      if (twice !== undefined) return { at: from, reason: `<${name}> has the attribute ${twice} twice` };
      if (open.length === 0 && root !== undefined) return { at: from, reason: `<${name}> stands beside the root <${root}>` };
      root ??= name;
      if (empty === '') open.push({ name, at: from });
      continue;
    }
    const end = next(END);
    if (end) {
      const inner = open.pop();
      if (inner?.name !== end[1])
        return { at: from, reason: inner ? `</${end[1]}> closes <${inner.name}>` : `</${end[1]}> closes nothing` };
      continue;
    }
    const between = next(TEXT);
    if (!between) return { at: from, reason: text[from] === '&' ? 'expected an entity such as &amp;' : 'expected a tag that is whole' };
    if (open.length === 0 && between[0].trim() !== '') return { at: from, reason: 'text stands outside of the root' };
  }
  const unclosed = open.at(-1);
  if (unclosed) return { at: unclosed.at, reason: `<${unclosed.name}> is never closed` };
  return root === undefined ? { at: 0, reason: 'expected a root element' } : { root };
}
