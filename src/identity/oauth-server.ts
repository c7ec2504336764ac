/** An OAuth2 server outside of the plane (ORY Hydra, or one with the same interface): what is asked of it (`reference: facts/security.md 6.2, 6.3`). */
import { isObject } from '../text/json.ts';

export interface OAuthServer {
  /** A new client for client credentials with these scopes. @throws OAuthServerFailure */
  createClient(scopes: readonly string[]): Promise<NewClient>;
  /** @throws OAuthServerFailure, for unknown clients too */
  deleteClient(id: string): Promise<void>;
  /** Whose token it is; undefined for one that holds no more, and while the server is not there. */
  introspect(token: string): Promise<HeldToken | undefined>;
}

export interface NewClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface HeldToken {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly exp?: number;
}

/** The server refuses, or is not there; the message is for callers. */
export class OAuthServerFailure extends Error {
  override readonly name = 'OAuthServerFailure';
}

/** Milliseconds. */
const PATIENCE = 10_000;
const LONGEST_ANSWER = 100_000;
const JSON_TYPE = 'application/json';

interface Answer {
  readonly ok: boolean;
  /** Such as `404 Not Found`. */
  readonly status: string;
  /** Undefined where the body is no JSON object. */
  readonly content: Readonly<Record<string, unknown>> | undefined;
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function ask(url: string, method: string, type?: string, body?: string): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { accept: JSON_TYPE, ...(type === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body }),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  });
  const text = await response.text();
  return {
    ok: response.ok,
    status: `${response.status} ${response.statusText}`.trim(),
    content: text.length > LONGEST_ANSWER ? undefined : objectIn(text),
  };
}

const unreachable = () => new OAuthServerFailure('the OAuth2 server can not be reached');
const filled = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** `adminURL` is the base of its administration, without the path `/admin`. */
export function oauthServer(adminURL: string): OAuthServer {
  const address = (path: string) => `${adminURL.replace(/\/+$/, '')}/admin/${path}`;
  return {
    async createClient(scopes) {
      const wanted = JSON.stringify({ grant_types: ['client_credentials'], scope: scopes.join(' ') });
      const { ok, status, content } = await ask(address('clients'), 'POST', JSON_TYPE, wanted).catch(() => Promise.reject(unreachable()));
      if (!ok) throw new OAuthServerFailure(`while registering client credentials in Hydra: ${status}`);
      const { client_id: clientId, client_secret: clientSecret } = content ?? {};
      if (!filled(clientId) || !filled(clientSecret))
        throw new OAuthServerFailure('the OAuth2 server answered without client_id and client_secret');
      return { clientId, clientSecret };
    },
    async deleteClient(id) {
      const { ok, status } = await ask(address(`clients/${encodeURIComponent(id)}`), 'DELETE').catch(() => Promise.reject(unreachable()));
      if (!ok) throw new OAuthServerFailure(`while deleting OAuth 2.0 client: ${status}`);
    },
    async introspect(token) {
      const form = new URLSearchParams({ token }).toString();
      const answer = await ask(address('oauth2/introspect'), 'POST', 'application/x-www-form-urlencoded', form).catch(() => undefined);
      const { active, client_id: clientId, scope, exp } = answer?.ok ? (answer.content ?? {}) : {};
      if (active !== true || !filled(clientId)) return undefined;
      return {
        clientId,
        scopes: typeof scope === 'string' ? scope.split(' ') : [''],
        ...(typeof exp === 'number' ? { exp } : {}),
      };
    },
  };
}
