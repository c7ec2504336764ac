/** Credentials of a webhook, bundle or fetch request, put into an outgoing call. */
import { listsOf } from '../auth/multimap.ts';
import type { AuthRecord, Credential, CsrfRequestAuth, Multimap } from '../auth/records.ts';
import { tokenHeader } from './oauth.ts';
import { OutboundError, type OutboundOptions, type OutboundRequest, send } from './transport.ts';

/**
 * The Authorization header of a credential; undefined for kinds that are shown by other means than a header.
 * @throws TokenRefused, OutboundError
 */
export async function authorizationHeader(credential: Credential | undefined, options: OutboundOptions): Promise<string | undefined> {
  if (credential?.kind === 'basic') return `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}`;
  if (credential?.kind === 'oauth') return tokenHeader(credential, options);
  return undefined;
}

function withParameters(url: string, parameters: Multimap | undefined): string {
  const entries = Object.entries(listsOf(parameters ?? {}));
  if (entries.length === 0 || !URL.canParse(url)) return url;
  const target = new URL(url);
  for (const [name, values] of entries) for (const value of values) target.searchParams.append(name, value);
  return target.href;
}

/** Asks the application's token endpoint for a CSRF token, and gives the headers that carry it with its session. */
async function csrfHeaders(csrf: CsrfRequestAuth, options: OutboundOptions): Promise<Record<string, string>> {
  const authorization = await authorizationHeader(csrf.credential, options);
  const response = await send(
    {
      method: 'GET',
      url: withParameters(csrf.tokenEndpointURL, csrf.additionalQueryParams),
      headers: {
        ...listsOf(csrf.additionalHeaders ?? {}),
        'x-csrf-token': 'fetch',
        ...(authorization === undefined ? {} : { authorization }),
      },
    },
    options,
  );
  const token = response.headers['x-csrf-token'];
  if (token === undefined) throw new OutboundError('transport', `${csrf.tokenEndpointURL} gave no CSRF token (status ${response.status})`);
  const cookie = response.cookies.map((text) => text.split(';', 1)[0]!).join('; ');
  return { 'x-csrf-token': token, ...(cookie === '' ? {} : { cookie }) };
}

/**
 * The request with everything that the auth says: credential, additional headers and query parameters, CSRF token.
 * Headers that the request has already stay as they are.
 * @throws TokenRefused, OutboundError
 */
export async function authorize(
  request: OutboundRequest,
  auth: AuthRecord | undefined,
  options: OutboundOptions,
): Promise<OutboundRequest> {
  if (!auth) return request;
  const authorization = await authorizationHeader(auth.credential, options);
  const csrf = auth.requestAuth?.csrf ? await csrfHeaders(auth.requestAuth.csrf, options) : {};
  return {
    ...request,
    url: withParameters(request.url, auth.additionalQueryParams),
    headers: {
      ...listsOf(auth.additionalHeaders ?? {}),
      ...csrf,
      ...(authorization === undefined ? {} : { authorization }),
      ...request.headers,
    },
  };
}
