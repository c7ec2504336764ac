/** Runs the templates of a webhook on sample objects, and tells what would be sent and what would be made of an answer; nothing is sent. */
import { lineAndColumn } from '../../../text/fault.ts';
import { isObject } from '../../../text/json.ts';
import { TemplateError, textMap } from '../../../template/template.ts';
import { jsonFault } from '../../texts/json-fault.ts';
import { judgeWebhook } from '../../webhook/input.ts';
import { DirectorError } from '../../errors.ts';
import type { WebhookInput } from '../../schema/types.generated.ts';
import { bodyTexts } from '../answer.ts';
import { sampleData } from './sample-data.ts';
import { canonicalHeaders } from '../send.ts';
import { renderText } from './render.ts';

export { SampleFault } from './sample-data.ts';

/** One template's outcome: what it gives, or what is wrong with it and where. */
export interface Rendered {
  readonly template: 'urlTemplate' | 'headerTemplate' | 'inputTemplate' | 'outputTemplate';
  /** The text that the template gave, whether or not it is what it should be. */
  readonly text?: string;
  readonly value?: unknown;
  readonly fault?: TemplateFault;
}

export interface TemplateFault {
  /** `template`: the text cannot be run; `json`: what it gives is no JSON; `shape`: not the JSON that is wanted. */
  readonly kind: 'template' | 'json' | 'shape';
  readonly message: string;
  /** From 1: in the template for faults of the template, in what it gave for faults of the JSON. */
  readonly line?: number;
  readonly column?: number;
}

export interface Trial {
  readonly type: string;
  readonly mode: string | null;
  readonly rendered: readonly Rendered[];
  /** What would be called; null where a template fails. */
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, readonly string[]>>;
    readonly body: string;
  } | null;
  /** Why the Director would refuse the webhook: it tries templates on objects that are empty. */
  readonly refusal: string | null;
}

/** An answer that the output template is to be tried with. */
export interface SampleAnswer {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const isBeginning = (text: string) => jsonFault(text)?.startsWith('unexpected end') !== false;

/** Where the text stops being the beginning of JSON; its end where it is cut off. */
function brokenAt(text: string): number {
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isBeginning(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

const noJson = (text: string): TemplateFault => ({
  kind: 'json',
  message: `gives no JSON: ${jsonFault(text) ?? ''}`,
  ...lineAndColumn(text, brokenAt(text)),
});

function render(template: Rendered['template'], source: string, data: unknown, shape: (value: unknown) => string | undefined): Rendered {
  let text: string | undefined;
  try {
    text = renderText(source, data);
    const value: unknown = JSON.parse(text);
    const message = shape(value);
    return { template, text, value, ...(message !== undefined && { fault: { kind: 'shape' as const, message } }) };
  } catch (error) {
    if (error instanceof TemplateError)
      return { template, fault: { kind: 'template', message: error.reason, line: error.line, column: error.column } };
    if (error instanceof SyntaxError && text !== undefined) return { template, text, fault: noJson(text) };
    throw error;
  }
}

const SHAPES: Readonly<Record<Rendered['template'], (value: unknown) => string | undefined>> = {
  urlTemplate: (value) =>
    isObject(value) && typeof value['method'] === 'string' && typeof value['path'] === 'string'
      ? undefined
      : 'must be {"method": …, "path": …}',
  headerTemplate: (value) =>
    isObject(value) && Object.values(value).every((values) => Array.isArray(values) && values.every((one) => typeof one === 'string'))
      ? undefined
      : 'must be an object of lists of texts',
  inputTemplate: () => undefined,
  outputTemplate: (value) =>
    isObject(value) && typeof value['success_status_code'] === 'number' && typeof value['error'] === 'string'
      ? undefined
      : 'must have the number success_status_code and the text error',
};

function refusalOf(webhook: WebhookInput): string | null {
  try {
    const faults = judgeWebhook(webhook);
    return faults ? JSON.stringify(faults) : null;
  } catch (error) {
    if (error instanceof DirectorError) return error.message;
    throw error;
  }
}

/** @throws SampleFault for a type that is not called by formations, and for changes that do not fit */
export function tryWebhook(webhook: WebhookInput, changes: Readonly<Record<string, unknown>> = {}, answer?: SampleAnswer): Trial {
  const data = sampleData(webhook.type, changes);
  const rendered: Rendered[] = [];
  for (const template of ['urlTemplate', 'headerTemplate', 'inputTemplate'] as const) {
    const source = webhook[template];
    if (typeof source === 'string') rendered.push(render(template, source, data, SHAPES[template]));
  }
  if (typeof webhook.outputTemplate === 'string') rendered.push(renderOutput(webhook.outputTemplate, answer ?? { body: '{}' }));
  return { type: webhook.type, mode: webhook.mode ?? null, rendered, request: requestFrom(webhook, rendered), refusal: refusalOf(webhook) };
}

function renderOutput(source: string, { headers = {}, body }: SampleAnswer): Rendered {
  try {
    const data = { Body: textMap(bodyTexts(body)), Headers: textMap(canonicalHeaders(headers)) };
    return render('outputTemplate', source, data, SHAPES.outputTemplate);
  } catch (error) {
    return { template: 'outputTemplate', fault: { kind: 'shape', message: `the answer cannot be taken: ${(error as Error).message}` } };
  }
}

function requestFrom(webhook: WebhookInput, rendered: readonly Rendered[]): Trial['request'] {
  const outcome = (template: Rendered['template']) => rendered.find((one) => one.template === template);
  if (rendered.some(({ template, fault }) => fault && template !== 'outputTemplate')) return null;
  const target = outcome('urlTemplate')?.value as { method: string; path: string } | undefined;
  return {
    method: target?.method ?? 'GET',
    url: target?.path ?? webhook.url ?? '',
    headers: (outcome('headerTemplate')?.value as Record<string, string[]> | undefined) ?? {},
    body: outcome('inputTemplate')?.text ?? '{}',
  };
}
