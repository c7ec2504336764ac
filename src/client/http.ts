/** HTTP over node:http alone: one request, no retries, one deadline for all of it. */
import type { IncomingMessage } from 'node:http';
import http from 'node:http';
import { CertificateError, TimeoutError, UnreachableError } from './errors.ts';

/** What a client shows and trusts on TLS; all in PEM. */
export interface Tls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface HttpOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly tls?: Tls;
  /** For connecting and the whole answer, in milliseconds. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Undefined where the body is no JSON. */
export function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Codes by which Node tells that it does not trust the server's certificate. */
const UNTRUSTED = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_[A-Z_]+|CERT_[A-Z_]+|ERR_TLS_CERT_ALTNAME_INVALID)$/;
/** Alerts by which a server refuses ours. */
const REFUSED = /^ERR_SSL_(?:TLSV1\S*_ALERT_\S*(?:CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)\S*|SSLV3_ALERT_\S*CERTIFICATE\S*)$/;

function explained(url: string, error: Error & { code?: string }): Error {
  const code = error.code ?? '';
  if (UNTRUSTED.test(code)) return new CertificateError(url, 'server', error);
  if (REFUSED.test(code)) return new CertificateError(url, 'client', error);
  return new UnreachableError(url, error);
}

/**
 * @throws UnreachableError, CertificateError or TimeoutError; every HTTP status is an answer.
 */
export async function send(url: string, options: HttpOptions = {}): Promise<HttpAnswer> {
  const target = new URL(url);
  const secure = target.protocol === 'https:';
  const request = secure ? (await import('node:https')).default.request : http.request;
  const timeout = options.timeout ?? 30_000;
  return new Promise((resolve, reject) => {
    const outgoing = request(target, {
      method: options.method ?? 'GET',
      headers: { ...options.headers, ...(options.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(options.body)) }) },
      agent: false,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(secure ? options.tls : {}),
    });
    const timer = setTimeout(() => outgoing.destroy(new TimeoutError(url, timeout)), timeout);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error instanceof TimeoutError || error.name === 'AbortError' ? error : explained(url, error));
    };
    outgoing.on('error', fail);
    outgoing.on('response', (incoming: IncomingMessage) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', fail);
      incoming.on('end', () => {
        clearTimeout(timer);
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    outgoing.end(options.body);
  });
}
