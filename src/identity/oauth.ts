/** The OAuth2 token endpoint's rules: client credentials (RFC 6749, 4.4) for the clients of system auths. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** A client of the endpoint. */
export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
  /** What it may ask for; all of it where it asks for nothing. */
  readonly scopes: readonly string[];
}

export interface TokenIssuing {
  readonly client: (id: string) => Promise<OAuthClient | undefined> | OAuthClient | undefined;
  /** Signs claims into a token that lives for so many milliseconds. */
  readonly issue: (claims: Readonly<Record<string, unknown>>, lifetime: number) => string;
  /** Milliseconds. A token of a client that is gone is worthless at once, whatever this says. */
  readonly lifetime: number;
}

export interface TokenRequest {
  readonly authorization: string | undefined;
  /** The form in the body. */
  readonly form: URLSearchParams;
}

export interface TokenGrant {
  readonly access_token: string;
  readonly token_type: 'bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: string;
}

export type OAuthErrorCode = 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type';

/** A refusal by RFC 6749, 5.2. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  constructor(
    readonly code: OAuthErrorCode,
    description: string,
  ) {
    super(description);
  }
}

const PARAMETERS = ['grant_type', 'client_id', 'client_secret', 'scope'] as const;
const UNKNOWN_CLIENT = 'the client is unknown, or its secret is another';

const refuseRepeated = (form: URLSearchParams) => {
  const repeated = PARAMETERS.find((name) => form.getAll(name).length > 1);
  if (repeated) throw new OAuthError('invalid_request', `the parameter ${repeated} is given more than once`);
};

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/** Both halves are form-encoded before they are joined (RFC 6749, 2.3.1). */
function basicCredentials(authorization: string): Credentials | undefined {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  try {
    const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
    return { id: decode(id), secret: decode(secret) };
  } catch {
    return undefined;
  }
}

/** In the header or in the form, never in both. */
function credentialsOf({ authorization, form }: TokenRequest): Credentials {
  const id = form.get('client_id');
  const secret = form.get('client_secret');
  if (authorization === undefined) {
    if (id === null || secret === null)
      throw new OAuthError('invalid_client', 'the client must name itself, in the Authorization header or by client_id and client_secret');
    return { id, secret };
  }
  if (secret !== null) throw new OAuthError('invalid_request', 'the client names itself in more than one way');
  const credentials = basicCredentials(authorization);
  if (!credentials) throw new OAuthError('invalid_client', 'the Authorization header holds no credentials of a client');
  if (id !== null && id !== credentials.id)
    throw new OAuthError('invalid_request', 'client_id and the Authorization header name different clients');
  return credentials;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Takes as long for an unknown client as for a wrong secret. */
const secretFits = (given: string, kept: string | undefined) => timingSafeEqual(digest(given), digest(kept ?? '')) && kept !== undefined;

function grantedScopes(wanted: string | null, allowed: readonly string[]): readonly string[] {
  const names = (wanted ?? '').split(' ').filter((name) => name !== '');
  const refused = names.find((name) => !allowed.includes(name));
  if (refused !== undefined) throw new OAuthError('invalid_scope', `the client may not ask for the scope ${refused}`);
  return names.length === 0 ? allowed : names;
}

/** Claims of the token: which client it is for. Who that is, is looked up with each use, so that a client that goes takes its tokens along. */
export async function grantToken(request: TokenRequest, { client: find, issue, lifetime }: TokenIssuing): Promise<TokenGrant> {
  refuseRepeated(request.form);
  const { id, secret } = credentialsOf(request);
  const client = await find(id);
  if (!secretFits(secret, client?.secret) || !client) throw new OAuthError('invalid_client', UNKNOWN_CLIENT);
  const type = request.form.get('grant_type');
  if (type === null) throw new OAuthError('invalid_request', 'the parameter grant_type is missing');
  if (type !== 'client_credentials') throw new OAuthError('unsupported_grant_type', 'only client_credentials is granted here');
  const scope = grantedScopes(request.form.get('scope'), client.scopes).join(' ');
  return {
    access_token: issue({ sub: id, client_id: id, flow: 'OAuth2', scopes: scope }, lifetime),
    token_type: 'bearer',
    expires_in: Math.ceil(lifetime / 1000),
    scope,
  };
}
