/** A Director on another machine behind this Gateway (`reference: facts/connector.md 6`). */
import type { KeyObject } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { clientCertificateOf } from './client-certificate.ts';
import type { Mount } from './gateway.ts';
import type { Incoming, Outgoing } from './listener.ts';
import { CERTIFICATE_HEADER, writeCertificateData } from './proxied-certificate.ts';

export interface DirectorProxyOptions {
  /** Base address of the Director: what follows `/director` is put behind it. */
  readonly url: string;
  /** PEM: authorities that its certificate is trusted by, beside the system's. */
  readonly ca?: string | undefined;
  /** Milliseconds for the whole answer. */
  readonly timeout?: number;
  readonly report: (message: string, details?: Record<string, unknown>) => void;
}

const TIMEOUT = 114_000;
/** They are about one connection, and that one ends here. */
const OF_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'content-length',
  'expect',
]);

/** Whose certificate it is is decided on the other side. */
const NO_KEYS: readonly KeyObject[] = [];

const DOWN: Outgoing = { status: 502, body: '' };

/** The addresses that came with the request, and who brought it. */
const forwardedFor = ({ headers, remote, proxy = remote }: Incoming) => [headers['x-forwarded-for'], proxy].filter(Boolean).join(', ');

function headersFor(request: Incoming): Record<string, string> {
  const kept = Object.entries(request.headers).filter(([name, value]) => value !== undefined && !OF_CONNECTION.has(name)) as [
    string,
    string,
  ][];
  const shown = request.presented?.[0] ?? clientCertificateOf(request.tls, NO_KEYS);
  return {
    ...Object.fromEntries(kept),
    'x-request-id': request.requestId,
    'x-forwarded-for': forwardedFor(request),
    ...(shown ? { [CERTIFICATE_HEADER]: writeCertificateData(shown) } : {}),
  };
}

const answered = (headers: http.IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || OF_CONNECTION.has(name) ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

/**
 * Hands everything below `/director` on as it came, certificates and the caller's address in the headers that the other side believes from this
 * address (its `--trusted-proxy`). Who is calling is decided there. Where it does not answer: 502 without a body.
 */
export function directorProxy({ url, ca, timeout = TIMEOUT, report }: DirectorProxyOptions): Mount {
  const base = new URL(url);
  const secure = base.protocol === 'https:';
  const agent = secure ? new https.Agent({ keepAlive: true, ca }) : new http.Agent({ keepAlive: true });
  const send = secure ? https.request : http.request;

  const exchange = (request: Incoming): Promise<Outgoing> =>
    new Promise((resolve, reject) => {
      const outgoing = send(
        {
          protocol: base.protocol,
          hostname: base.hostname.replace(/^\[|\]$/g, ''),
          port: base.port,
          path: `${base.pathname.replace(/\/$/, '')}${request.path}${request.query === '' ? '' : `?${request.query}`}`,
          method: request.method,
          headers: { ...headersFor(request), 'content-length': Buffer.byteLength(request.body) },
          agent,
          signal: AbortSignal.timeout(timeout),
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 502, headers: answered(response.headers), body: Buffer.concat(chunks) }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(request.body);
    });

  return {
    base: '/director',
    needsCredential: () => false,
    answer: (request) =>
      exchange(request).catch((error: Error) => {
        report('the Director does not answer', { url: base.origin, error: error.message, requestId: request.requestId });
        return DOWN;
      }),
  };
}
