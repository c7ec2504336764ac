/** Gets a spec over HTTP: the attempts, and how their failures are told (`reference: facts/bundles.md 7`). */
import { setTimeout as pause } from 'node:timers/promises';
import type { AuthRecord } from '../auth/records.ts';
import { invalidData } from '../errors.ts';
import { authorizationHeader, BY_CERTIFICATE, OutboundError, type OutboundOptions, send, TokenRefused } from '../outbound/http.ts';
import type { FetchRequestRecord } from './records.ts';
import type { FetchOutcome } from './rules.ts';

const ATTEMPTS = 3;
/** Milliseconds before the second attempt; each further pause is that much longer. */
const PAUSE = 100;
const LIMITS = { timeout: 20_000, maxBytes: 20 * 1024 * 1024, maxRedirects: 0 };

/** An attempt that got nothing. A hopeless one would fail in the same way again, without having asked anybody. */
interface Failure {
  readonly failure: string;
  readonly hopeless?: boolean;
}
type Attempt = { readonly data: string } | Failure;

const failed = (message: string): FetchOutcome => ({ condition: 'FAILED', message: `While fetching Spec: ${message}` });

/** Headers for the request, or why it can not be made. Of an auth only the credential counts here, and an access strategy goes before it. */
async function headersFor(auth: AuthRecord | undefined, options: OutboundOptions): Promise<{ authorization?: string } | Failure> {
  if (!auth || auth.accessStrategy) return {};
  const authorization = await authorizationHeader(auth.credential, options);
  return authorization === undefined ? { failure: invalidData('Credentials not provided').message } : { authorization };
}

function readText(body: Buffer): Attempt {
  try {
    const data = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    return data.includes('\0') ? { failure: 'the answer is no text: it holds a NUL character' } : { data };
  } catch {
    return { failure: 'the answer is no text in UTF-8' };
  }
}

async function attempt({ url, auth }: FetchRequestRecord, options: OutboundOptions): Promise<Attempt> {
  try {
    const headers = await headersFor(auth, options);
    if ('failure' in headers) return headers;
    const response = await send({ method: 'GET', url, headers }, options);
    return response.status === 200 ? readText(response.body) : { failure: `unexpected status code: ${response.status}` };
  } catch (error) {
    if (error instanceof OutboundError || error instanceof TokenRefused)
      return { failure: `Get "${url}": ${error.message}`, hopeless: error instanceof OutboundError && !error.passing };
    throw error;
  }
}

/** Why the access strategy cannot be followed, so that nobody is asked. */
function hindranceOf({ url, auth }: FetchRequestRecord, { certificate }: OutboundOptions): string | undefined {
  const strategy = auth?.accessStrategy;
  if (!strategy || strategy === 'open') return undefined;
  if (strategy !== BY_CERTIFICATE) return 'unsupported access strategy';
  if (!certificate) return 'this plane has no client certificate';
  return /^https:/i.test(url) ? undefined : 'a client certificate can be shown over https alone';
}

/** Carries out a fetch request that is not hindered: up to three attempts. Never throws for what the other side does. */
export async function download(request: FetchRequestRecord, options: OutboundOptions): Promise<FetchOutcome> {
  const hindrance = hindranceOf(request, options);
  if (hindrance !== undefined) return failed(hindrance);
  const failures: string[] = [];
  for (let number = 1; number <= ATTEMPTS; number += 1) {
    if (number > 1) await pause(PAUSE * number);
    const result = await attempt(request, { ...options, ...LIMITS });
    if ('data' in result) return { data: result.data, condition: 'SUCCEEDED' };
    if (result.hopeless) return failed(result.failure);
    failures.push(`#${number}: ${result.failure}`);
  }
  return failed(['All attempts fail:', ...failures].join('\n'));
}
