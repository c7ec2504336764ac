/** What was sent and what came back: a record of each delivery, for whoever asks later why a formation is as it is. */
import { collection, type Stored } from '../../../registry/contract.ts';
import type { AuthRecord } from '../../auth/records.ts';
import type { DirectorContext } from '../../context.ts';
import type { Request } from '../../http/exchange.ts';
import type { OutboundRequest, OutboundResponse } from '../../outbound/http.ts';
import type { WebhookRecord } from '../../webhook/records.ts';
import { Masker, type ShownBody } from './masking.ts';

/** What a delivery is about. */
export interface DeliverySubject {
  readonly formationID: string;
  readonly formationName: string;
  /** Internal id of the formation's tenant. */
  readonly tenant: string;
  /** `assign`, `unassign`, `createFormation` or `deleteFormation`. */
  readonly operation: string;
  /** Absent where a product was told about the formation itself. */
  readonly assignmentID?: string;
  readonly source?: string;
  readonly sourceType?: string;
  readonly target?: string;
  readonly targetType?: string;
}

export interface DeliveryRecord extends Stored, DeliverySubject {
  /** `notification`: the plane called; `report`: the status API was called. */
  readonly kind: 'notification' | 'report';
  readonly webhook?: { readonly id: string; readonly type: string; readonly mode?: string };
  /** Who reported. */
  readonly by?: string;
  readonly requestID: string;
  readonly sentAt: string;
  /** Milliseconds. */
  readonly duration: number;
  /** Grows with each delivery of a process: what lists are ordered by, in microseconds since 1970. */
  readonly moment: number;
  /** Absent where nothing was sent, because a rule or a template forbade it. */
  readonly request?: { readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string[]>> } & ShownBody;
  /** Absent where no answer came. */
  readonly response?: { readonly status: number; readonly headers: Readonly<Record<string, string[]>> } & ShownBody;
  /** What the output template made of the answer, or what a report said. */
  readonly answer?: { readonly state: string; readonly error: string };
  /** Why there was no answer, or none that could be taken. */
  readonly error?: string;
}

/** Lists show the newest first. */
const newestFirst = ({ moment }: DeliveryRecord) => String(Number.MAX_SAFE_INTEGER - moment).padStart(16, '0');

export const deliveries = collection<DeliveryRecord>()(
  'notificationDeliveries',
  {
    all: { keys: () => ['all'], order: newestFirst },
    tenant: { keys: ({ tenant }) => [tenant], order: newestFirst },
    formation: { keys: ({ formationID }) => [formationID], order: newestFirst },
    assignment: { keys: ({ assignmentID }) => (assignmentID === undefined ? [] : [assignmentID]), order: newestFirst },
  },
  { sealed: ['request', 'response'] },
);

const secretsOf = (auth: AuthRecord | undefined): string[] => {
  const credentials = [auth?.credential, auth?.requestAuth?.csrf?.credential];
  return credentials.flatMap((credential) =>
    credential?.kind === 'basic' ? [credential.password] : credential?.kind === 'oauth' ? [credential.clientSecret] : [],
  );
};

let lastMoment = 0;
const nextMoment = () => (lastMoment = Math.max(lastMoment + 1, Date.now() * 1000));

const single = (response: OutboundResponse): Record<string, string | readonly string[]> => ({
  ...response.headers,
  ...(response.cookies.length > 0 && { 'set-cookie': response.cookies }),
});

/** Notes one call while it is made. */
export class DeliveryNote {
  readonly #started = performance.now();
  readonly #masker: Masker;
  readonly #made: Omit<DeliveryRecord, 'duration'>;
  #more: Partial<DeliveryRecord> = {};

  constructor(
    { id, requestID, sentAt }: { readonly id: string; readonly requestID: string; readonly sentAt: string },
    subject: DeliverySubject,
    webhook: WebhookRecord,
  ) {
    this.#masker = new Masker(secretsOf(webhook.auth));
    this.#made = {
      ...subject,
      id,
      kind: 'notification',
      requestID,
      sentAt,
      moment: nextMoment(),
      webhook: { id: webhook.id, type: webhook.type, ...(webhook.mode !== undefined && { mode: webhook.mode }) },
    };
  }

  /** As it goes out, with its credentials. */
  sent({ method, url, headers = {}, body = '' }: OutboundRequest): void {
    const masker = this.#masker;
    this.#more = { ...this.#more, request: { method, url: masker.url(url), headers: masker.headers(headers), ...masker.body(body) } };
  }

  received(response: OutboundResponse): void {
    const masker = this.#masker;
    this.#more = {
      ...this.#more,
      response: { status: response.status, headers: masker.headers(single(response)), ...masker.body(response.body.toString('utf8')) },
    };
  }

  answered({ state, error }: { readonly state: string; readonly error: string }): void {
    this.#more = { ...this.#more, answer: { state, error: this.#masker.body(error).body } };
  }

  failed(message: string): void {
    this.#more = { ...this.#more, error: this.#masker.body(message).body };
  }

  record(): DeliveryRecord {
    return { ...this.#made, ...this.#more, duration: Math.round(performance.now() - this.#started) };
  }
}

/** The record of a report that came over the status API; `refusal` is what was answered to one that could not be taken. */
export function reportRecord(
  { call, caller, requestId }: DirectorContext,
  subject: DeliverySubject,
  { method, path, body }: Request,
  { refusal, duration }: { readonly refusal?: { readonly status: number; readonly body: string }; readonly duration: number },
): DeliveryRecord {
  const masker = new Masker();
  const { state, error } = told(body);
  return {
    ...subject,
    id: call.newId(),
    kind: 'report',
    by: `${caller.consumer.type} ${caller.consumer.id}`.trim(),
    requestID: requestId,
    sentAt: call.now(),
    moment: nextMoment(),
    duration: Math.round(duration),
    request: { method, url: masker.url(path), headers: {}, ...masker.body(body) },
    response: { status: refusal?.status ?? 200, headers: {}, ...masker.body(refusal?.body ?? '') },
    answer: { state, error: masker.body(error).body },
  };
}

/** State and error of a report, as far as it is one. */
function told(body: string): { state: string; error: string } {
  try {
    const { state, error } = JSON.parse(body) as { state?: unknown; error?: unknown };
    return { state: typeof state === 'string' ? state : '', error: typeof error === 'string' ? error : '' };
  } catch {
    return { state: '', error: '' };
  }
}
