/** Deliveries of notifications, as the Director's REST interface tells of them. */
import { HttpError } from './errors.ts';
import { parsedJson, send, type Tls } from './http.ts';

export interface Delivery {
  readonly id: string;
  readonly kind: 'notification' | 'report';
  readonly formationID: string;
  readonly formationName: string;
  readonly operation: string;
  readonly assignmentID?: string;
  readonly source?: string;
  readonly sourceType?: string;
  readonly target?: string;
  readonly targetType?: string;
  readonly webhook?: { readonly id: string; readonly type: string; readonly mode?: string };
  readonly by?: string;
  readonly requestID: string;
  readonly sentAt: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly request?: { readonly method: string; readonly url: string } & Partial<Content>;
  readonly response?: { readonly status: number } & Partial<Content>;
  readonly answer?: { readonly state: string; readonly error: string };
  readonly error?: string;
}

/** What lists leave out. */
export interface Content {
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly length: number;
  readonly isCut: boolean;
}

export interface DeliveryPage {
  readonly data: readonly Delivery[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
  readonly totalCount: number;
}

/** What the Director refused; the message is its own. */
export class RestError extends Error {
  override readonly name = 'RestError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface RestOptions {
  /** Base address of the Director. */
  readonly url: string;
  readonly token?: string | undefined;
  readonly tenant?: string | undefined;
  readonly tls?: Tls | undefined;
  readonly onRequest?: (report: { readonly url: string; readonly status: number; readonly milliseconds: number }) => void;
}

export const headersFor = ({ token, tenant }: Pick<RestOptions, 'token' | 'tenant'>): Record<string, string> => ({
  accept: 'application/json',
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  ...(tenant === undefined ? {} : { tenant }),
});

export class Notifications {
  readonly #options: RestOptions;

  constructor(options: RestOptions) {
    this.#options = options;
  }

  /** The newest first. @throws RestError, HttpError, UnreachableError, CertificateError, TimeoutError */
  list(asked: {
    formation?: string;
    assignment?: string;
    failed?: boolean;
    first?: number;
    after?: string | undefined;
  }): Promise<DeliveryPage> {
    const given = Object.entries(asked).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    return this.#ask('GET', `?${new URLSearchParams(given).toString()}`);
  }

  /** @throws as `list` */
  get(id: string): Promise<Delivery & { request?: Content; response?: Content }> {
    return this.#ask('GET', `/${encodeURIComponent(id)}`);
  }

  /** Calls again; the new deliveries, and what went wrong while they were made. @throws as `list` */
  resend(id: string): Promise<{ readonly data: readonly Delivery[]; readonly error?: string }> {
    return this.#ask('POST', `/${encodeURIComponent(id)}/resend`);
  }

  async #ask<T>(method: string, path: string): Promise<T> {
    const { url: base, tls, onRequest } = this.#options;
    const url = `${base}/v1/notifications${path}`;
    const started = performance.now();
    const answer = await send(url, {
      method,
      headers: headersFor(this.#options),
      ...(tls && { tls }),
      ...(method === 'POST' && { body: '', timeout: 120_000 }),
    });
    onRequest?.({ url, status: answer.status, milliseconds: performance.now() - started });
    const value = parsedJson(answer.body);
    if (answer.status === 200 && value !== undefined) return value as T;
    const told = (value as { error?: unknown } | undefined)?.error;
    if (typeof told === 'string') throw new RestError(answer.status, told);
    throw new HttpError(url, answer.status, answer.body);
  }
}
