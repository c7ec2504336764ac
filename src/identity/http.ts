/** The identity side's HTTP face: `/oauth2/token` (RFC 6749) and `/.well-known/jwks.json`. */
import { grantToken, OAuthError, type TokenIssuing } from './oauth.ts';
import type { Signer } from './signing.ts';
import type { Throttle } from './throttle.ts';

interface Request {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Address of the caller. */
  readonly remote: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const LONGEST_FORM = 16 * 1024;
const FORM = 'application/x-www-form-urlencoded';
/** Nothing of the endpoint may be kept on the way. */
const NOT_KEPT = { 'content-type': 'application/json', 'cache-control': 'no-store', pragma: 'no-cache' };

const answer = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { ...NOT_KEPT, ...headers },
  body: JSON.stringify(value),
});

const refusal = (status: number, error: string, description: string, headers?: Readonly<Record<string, string>>) =>
  answer(status, { error, error_description: description }, headers);

const refusalOf = ({ code, message }: OAuthError) =>
  code === 'invalid_client'
    ? refusal(401, code, message, { 'www-authenticate': 'Basic realm="compass", charset="UTF-8"' })
    : refusal(400, code, message);

const isForm = (contentType: string | undefined) => contentType?.split(';', 1)[0]!.trim().toLowerCase() === FORM;

export interface TokenEndpointOptions extends TokenIssuing {
  readonly throttle: Throttle;
}

/** Answers `/oauth2/token`. */
export function tokenEndpoint({ throttle, ...issuing }: TokenEndpointOptions): (request: Request) => Promise<Answer> {
  return async ({ method, headers, body, remote }) => {
    if (method !== 'POST') return refusal(405, 'invalid_request', 'tokens are asked for by POST', { allow: 'POST' });
    if (!isForm(headers['content-type'])) return refusal(400, 'invalid_request', `the body must be ${FORM}`);
    if (body.length > LONGEST_FORM) return refusal(413, 'invalid_request', 'the form is too long');
    const wait = throttle.waitOf(remote);
    if (wait > 0)
      return refusal(429, 'slow_down', 'too many failed attempts, try again later', { 'retry-after': String(Math.ceil(wait / 1000)) });
    try {
      const grant = await grantToken({ authorization: headers['authorization'], form: new URLSearchParams(body) }, issuing);
      throttle.succeeded(remote);
      return answer(200, grant);
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      if (error.code === 'invalid_client') throttle.failed(remote);
      return refusalOf(error);
    }
  };
}

const JWKS_HEADERS = { 'content-type': 'application/jwk-set+json', 'cache-control': 'public, max-age=300' };

/** Answers `/.well-known/jwks.json`. */
export const jwksEndpoint =
  (signer: Pick<Signer, 'jwks'>) =>
  async ({ method }: Pick<Request, 'method'>): Promise<Answer> =>
    method === 'GET' || method === 'HEAD'
      ? { status: 200, headers: JWKS_HEADERS, body: JSON.stringify(signer.jwks()) }
      : { status: 405, headers: { allow: 'GET, HEAD' }, body: '' };
