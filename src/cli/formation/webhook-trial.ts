/** How people see what the templates of a webhook give. */
import { Failure } from '../failure/failure.ts';

interface Fault {
  readonly kind: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

interface Trial {
  readonly type: string;
  readonly mode: string | null;
  readonly rendered: readonly { readonly template: string; readonly text?: string; readonly value?: unknown; readonly fault?: Fault }[];
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, readonly string[]>>;
    readonly body: string;
  } | null;
  readonly refusal: string | null;
}

/** The webhooks of a file: itself, or those of the input that it holds. @throws Failure usage where there are none */
export function webhooksIn(content: Readonly<Record<string, unknown>>, place: string): readonly Readonly<Record<string, unknown>>[] {
  const inner = content['applicationInput'] as { webhooks?: unknown } | undefined;
  const lists = [content['webhooks'], inner?.webhooks].filter((list) => Array.isArray(list)) as Record<string, unknown>[][];
  if (lists.length > 0) return lists.flat();
  if (typeof content['type'] === 'string') return [content];
  throw new Failure('usage', `${place} holds no webhook.`, {
    hint: 'It must have the fields of a webhook (type, urlTemplate, …), or a list called webhooks.',
  });
}

const placed = ({ kind, message, line, column }: Fault): string => {
  if (line === undefined) return message;
  return kind === 'json' ? `${message} (in what it gives: line ${line}, column ${column})` : `line ${line}, column ${column}: ${message}`;
};

export const faultsIn = ({ type, rendered, refusal }: Trial): string[] => {
  const faults = rendered.flatMap(({ template, fault }) => (fault ? [`${type} ${template}: ${placed(fault)}`] : []));
  // What the Director would say adds nothing where a template is known to be wrong.
  return faults.length > 0 || refusal === null ? faults : [`${type} would be refused: ${refusal}`];
};

const indented = (text: string) =>
  text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The request as it would go out, then what is made of the answer; of templates that fail what they gave. */
export function trialText({ type, mode, rendered, request }: Trial): string {
  const lines = [`${type}${mode === null ? '' : ` ${mode}`}`];
  if (request) {
    lines.push(`  ${request.method} ${request.url}`);
    for (const [name, values] of Object.entries(request.headers)) for (const value of values) lines.push(`  ${name}: ${value}`);
    lines.push(indented(pretty(request.body)));
  }
  for (const { template, text, fault } of rendered) {
    if (fault) lines.push(`  ${template}: ${placed(fault)}`, ...(text === undefined ? [] : [indented(text)]));
    else if (template === 'outputTemplate') lines.push('  what is made of the answer:', indented(pretty(text ?? '')));
  }
  return lines.join('\n');
}
