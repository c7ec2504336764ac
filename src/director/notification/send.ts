/** One outgoing call: rendered, sent, and its response turned into an answer (`reference: facts/formations.md 5`). */
import { textMap } from '../../template/template.ts';
import { listsOf } from '../auth/multimap.ts';
import type { AuthRecord } from '../auth/records.ts';
import type { DirectorContext } from '../context.ts';
import { jsonKind } from '../texts/json-fault.ts';
import { UnclassifiedError } from '../errors.ts';
import { enforce, type JoinPoint } from '../formation-constraint/enforce.ts';
import type { Destination } from '../formation-constraint/operators/operator.ts';
import {
  authorize,
  OutboundError,
  outboundOptions,
  type OutboundRequest,
  type OutboundResponse,
  send,
  TokenRefused,
} from '../outbound/http.ts';
import type { WebhookRecord } from '../webhook/records.ts';
import { type Answer, bodyTexts } from './answer.ts';
import { DeliveryNote, type DeliverySubject } from './deliveries/deliveries.ts';
import { keepDelivery } from './deliveries/log.ts';
import { webhookData } from './templates/objects.ts';
import { slotsOf } from './slots.ts';
import { renderJson, renderJsonText } from './templates/render.ts';

/** Characters that are kept of what went wrong: whoever answers megabytes fills nobody's disk with them. */
const LONGEST_MESSAGE = 10_000;
const cut = (message: string) => (message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message);
/** Of an answer, in bytes. */
const LONGEST_ANSWER = 4 * 1024 * 1024;

/** Nobody's word: transport, templates, or a status that was not expected. The message is kept with the assignment or formation. */
export class TechnicalFailure extends Error {
  override readonly name = 'TechnicalFailure';
  constructor(message: string) {
    super(cut(message));
  }
}

export interface Outgoing {
  readonly webhook: WebhookRecord;
  readonly data: Readonly<Record<string, unknown>>;
  /** What the record of the delivery names. */
  readonly subject: DeliverySubject;
  /** The SEND_NOTIFICATION join point without its webhook. */
  readonly point: Omit<JoinPoint, 'operation'>;
}

interface UrlTemplate {
  readonly method: string;
  readonly path: string;
}

interface OutputTemplate {
  readonly config?: string | null;
  readonly state?: string | null;
  readonly error?: string | null;
  readonly success_status_code?: number | null;
  readonly incomplete_status_code?: number | null;
  readonly gone_status_code?: number | null;
}

function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new TechnicalFailure(`unable to parse ${what}: ${(error as Error).message}`);
  }
}

type Fits = (value: unknown) => boolean;
const isText: Fits = (value) => typeof value === 'string';
const isTextOrAbsent: Fits = (value) => value === null || value === undefined || isText(value);
const isStatusOrAbsent: Fits = (value) => value === null || value === undefined || Number.isInteger(value);
const isTexts: Fits = (value) => value === null || (Array.isArray(value) && value.every(isText));

const URL_FIELDS: Readonly<Record<string, Fits>> = { method: isText, path: isText };
const OUTPUT_FIELDS: Readonly<Record<string, Fits>> = {
  config: isTextOrAbsent,
  location: isTextOrAbsent,
  state: isTextOrAbsent,
  error: isTextOrAbsent,
  success_status_code: isStatusOrAbsent,
  incomplete_status_code: isStatusOrAbsent,
  gone_status_code: isStatusOrAbsent,
};

/** The object that a template gives, with values that fit. */
function render<T>(what: string, text: string, data: unknown, fields: Readonly<Record<string, Fits>> | Fits): T {
  return attempt(what, () => {
    const value = renderJson(text, data);
    if (jsonKind(value) !== 'object') throw new Error(`a JSON object is needed, not a value of type ${jsonKind(value)}`);
    const fits = (field: string, inner: unknown) => (typeof fields === 'function' ? fields(inner) : (fields[field]?.(inner) ?? true));
    const given = value as Record<string, unknown>;
    const wrong = [...new Set([...Object.keys(given), ...(typeof fields === 'function' ? [] : Object.keys(fields))])].find(
      (field) => !fits(field, given[field]),
    );
    if (wrong !== undefined) throw new Error(`field ${wrong} cannot be a value of type ${jsonKind(given[wrong])}`);
    return value as T;
  });
}

/** The text as the template gives it, which is JSON. */
const renderBody = (text: string, data: unknown): string => attempt('webhook input body', () => renderJsonText(text, data));

export function requestOf(
  { webhook, data }: Pick<Outgoing, 'webhook' | 'data'>,
  destination: Destination,
  requestId: string,
): OutboundRequest {
  const target: UrlTemplate =
    destination.urlTemplate === undefined
      ? { method: 'GET', path: destination.url ?? '' }
      : render('webhook URL', destination.urlTemplate, data, URL_FIELDS);
  const headers = webhook.headerTemplate === undefined ? {} : listsOf(render('webhook headers', webhook.headerTemplate, data, isTexts));
  if (webhook.correlationIdKey) headers[webhook.correlationIdKey] = [requestId];
  const body = webhook.inputTemplate === undefined ? '{}' : renderBody(webhook.inputTemplate, data);
  return { method: target.method, url: target.path, headers, body };
}

/** Without it nothing could be made of an answer, so that no call is made at all. */
function requireOutputTemplate({ outputTemplate }: WebhookRecord): string {
  if (outputTemplate === undefined) throw new TechnicalFailure('missing output template');
  return outputTemplate;
}

function answerOf(outputTemplate: string, response: OutboundResponse): Answer {
  let body: Record<string, string>;
  try {
    body = bodyTexts(response.body.toString('utf8'));
  } catch (error) {
    throw new TechnicalFailure((error as Error).message);
  }
  const data = { Body: textMap(body), Headers: textMap(canonicalHeaders(response.headers)) };
  const output = render<OutputTemplate>('response into webhook output template', outputTemplate, data, OUTPUT_FIELDS);
  const success = output.success_status_code ?? 0;
  const incomplete = output.incomplete_status_code ?? undefined;
  const answer = {
    status: response.status,
    success,
    incomplete,
    state: output.state ?? '',
    error: cut(output.error ?? ''),
    configuration: output.config ?? '',
  };
  const unexpected = unexpectedStatus(answer, output.gone_status_code ?? undefined);
  if (unexpected !== undefined && answer.error === '') throw new TechnicalFailure(unexpected);
  return answer;
}

function unexpectedStatus({ status, success, incomplete }: Answer, gone: number | undefined): string | undefined {
  if (status === gone) return `gone response status ${status} was met while calling webhook`;
  if (status === success || status === incomplete) return undefined;
  const expected = incomplete === undefined ? '' : ` or incomplete status code '${incomplete}'`;
  return `response success status code was not met - expected success status code '${success}'${expected}, got '${status}'`;
}

export const canonicalHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()), value]),
  );

const UNEXECUTED = 'while initially executing webhook';

/** Strategies that say by themselves how a call is made, whatever credentials stand beside them. */
const STRATEGIES = ['open', 'sap:cmp-mtls:v1'];

/** The auth as the strategy leaves it. @throws TechnicalFailure for one that says nothing of how the call is to be made */
function effectiveAuth(auth: AuthRecord | undefined): AuthRecord | undefined {
  if (!auth) return undefined;
  if (STRATEGIES.includes(auth.accessStrategy ?? '')) return { ...auth, credential: undefined };
  const { credential, additionalHeaders, additionalQueryParams, requestAuth } = auth;
  if (!credential && !additionalHeaders && !additionalQueryParams && !requestAuth)
    throw new TechnicalFailure(`${UNEXECUTED}: could not determine auth flow for webhook`);
  return auth;
}

/** `onSending` is given the request with its credentials. */
export async function exchange(
  ctx: DirectorContext,
  webhook: WebhookRecord,
  request: OutboundRequest,
  onSending?: (request: OutboundRequest) => void,
): Promise<OutboundResponse> {
  const options = { ...(await outboundOptions(ctx, webhook.auth)), maxBytes: LONGEST_ANSWER };
  try {
    const authorized = await authorize(request, effectiveAuth(webhook.auth), options);
    onSending?.(authorized);
    return await slotsOf(ctx.director).run(authorized.url, () => send(authorized, options));
  } catch (error) {
    const calling = `${UNEXECUTED}: ${titled(request.method)} "${request.url}"`;
    if (error instanceof OutboundError) throw new TechnicalFailure(`${calling}: ${error.message}`);
    if (error instanceof TokenRefused)
      throw new TechnicalFailure(`${calling}: error while obtaining authorization: while fetching token: ${error.message}`);
    throw error;
  }
}

const titled = (method: string) => `${method[0] ?? ''}${method.slice(1).toLowerCase()}`;

/** Runs the rules before and after, which may send it elsewhere or stop it; what went over the wire is kept for whoever asks. @throws TechnicalFailure */
export async function call(ctx: DirectorContext, outgoing: Outgoing): Promise<Answer> {
  const made = { id: ctx.call.newId(), requestID: ctx.requestId, sentAt: ctx.call.now() };
  const note = new DeliveryNote(made, outgoing.subject, outgoing.webhook);
  try {
    const answer = await callNoting(ctx, outgoing, note);
    note.answered(answer);
    return answer;
  } catch (error) {
    note.failed((error as Error).message);
    throw error;
  } finally {
    keepDelivery(ctx.director, note.record());
  }
}

async function callNoting(ctx: DirectorContext, outgoing: Outgoing, note: DeliveryNote): Promise<Answer> {
  const { webhook } = outgoing;
  const destination: Destination = { url: webhook.url, urlTemplate: webhook.urlTemplate };
  const point = (type: 'PRE' | 'POST'): JoinPoint => ({
    ...outgoing.point,
    operation: 'SEND_NOTIFICATION',
    handles: { ...outgoing.point.handles, webhook: destination },
    details: {
      ...outgoing.point.details,
      Location: { OperationName: 'SEND_NOTIFICATION', ConstraintType: type },
      Webhook: webhookData(webhook),
      CorrelationID: ctx.requestId,
      TemplateInput: outgoing.data,
    },
  });
  try {
    await enforce(ctx.call, 'PRE', point('PRE'));
    const outputTemplate = requireOutputTemplate(webhook);
    const request = requestOf(outgoing, destination, ctx.requestId);
    note.sent(request);
    const response = await exchange(ctx, webhook, request, (authorized) => note.sent(authorized));
    note.received(response);
    const answer = answerOf(outputTemplate, response);
    // of a refusal they are not asked
    if (answer.error === '') await enforce(ctx.call, 'POST', point('POST'));
    return answer;
  } catch (error) {
    if (error instanceof UnclassifiedError) throw new TechnicalFailure(error.message);
    throw error;
  }
}
