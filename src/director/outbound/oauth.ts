/** OAuth2 client credentials: a token for each call, as the reference's library asks for it (`reference: facts/bundles.md 7`). */
import type { OAuthCredential } from '../auth/records.ts';
import { jsonFault, jsonKind } from '../texts/json-fault.ts';
import { type OutboundOptions, OutboundError, type OutboundResponse, send } from './transport.ts';

/** The token server gave no token. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

const TEXTS = ['access_token', 'token_type', 'error', 'error_description', 'error_uri'] as const;
type TokenAnswer = Readonly<Partial<Record<(typeof TEXTS)[number], unknown>>>;

const FORM_ANSWERS = new Set(['application/x-www-form-urlencoded', 'text/plain']);
const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function readAnswer(response: OutboundResponse): TokenAnswer | Error {
  const text = response.body.toString('utf8');
  if (FORM_ANSWERS.has(response.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''))
    return Object.fromEntries(new URLSearchParams(text));
  const fault = jsonFault(text);
  if (fault !== undefined) return new Error(fault);
  const value: unknown = JSON.parse(text) ?? {};
  if (jsonKind(value) !== 'object') return new Error(`json: cannot unmarshal ${jsonKind(value)} into Go value of type internal.tokenJSON`);
  const answer = value as TokenAnswer;
  const odd = TEXTS.find((name) => typeof (answer[name] ?? '') !== 'string');
  return odd === undefined
    ? answer
    : new Error(`json: cannot unmarshal ${jsonKind(answer[odd])} into Go struct field tokenJSON.${odd} of type string`);
}

function refusalOf(response: OutboundResponse, answer: TokenAnswer | Error): string | undefined {
  const failed = response.status < 200 || response.status > 299;
  if (answer instanceof Error && !failed) return `cannot parse json: ${answer.message}`;
  const told = answer instanceof Error ? {} : answer;
  const code = textOf(told.error);
  if (code !== '')
    return [code, textOf(told.error_description), textOf(told.error_uri)]
      .filter((text) => text !== '')
      .map((text) => JSON.stringify(text))
      .join(' ');
  if (failed) return `cannot fetch token: ${response.status} ${response.statusText}\nResponse: ${response.body.toString('utf8')}`;
  return textOf(told.access_token) === '' ? 'server response missing access_token' : undefined;
}

const KNOWN_TYPES: Readonly<Record<string, string>> = { bearer: 'Bearer', mac: 'MAC', basic: 'Basic', '': 'Bearer' };

async function ask(url: string, form: URLSearchParams, headers: Record<string, string>, options: OutboundOptions): Promise<string> {
  const response = await send(
    { method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body: form.toString() },
    options,
  );
  const answer = readAnswer(response);
  const refusal = refusalOf(response, answer);
  if (refusal !== undefined || answer instanceof Error) throw new TokenRefused(`oauth2: ${refusal}`);
  const type = textOf(answer.token_type);
  return `${KNOWN_TYPES[type.toLowerCase()] ?? type} ${textOf(answer.access_token)}`;
}

/** `application/x-www-form-urlencoded` for one value: what RFC 6749 wants inside of Basic. */
const formEncode = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);

/** That the token server did not answer is told with its address: who reads of it knows another one. */
const unanswered = (url: string, error: unknown) =>
  error instanceof OutboundError && error.passing ? new TokenRefused(`Post "${url}": ${error.message}`, { cause: error }) : error;

/**
 * The Authorization header for a call with these credentials. A server that refuses them as Basic, or does not answer, is asked once more with them in the form.
 * @throws TokenRefused, also where the token server does not answer; OutboundError where it may not be asked
 */
export async function tokenHeader(credential: OAuthCredential, options: OutboundOptions): Promise<string> {
  const { clientId, clientSecret, url } = credential;
  const form = { grant_type: 'client_credentials' };
  const basic = Buffer.from(`${formEncode(clientId)}:${formEncode(clientSecret)}`).toString('base64');
  try {
    return await ask(url, new URLSearchParams(form), { authorization: `Basic ${basic}` }, options);
  } catch (error) {
    if (error instanceof OutboundError && !error.passing) throw error;
  }
  try {
    return await ask(url, new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form }), {}, options);
  } catch (error) {
    throw unanswered(url, error);
  }
}
