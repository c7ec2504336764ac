/** A Director asked over its wire in this process: documents in, answers out. */
import { CONCEPTS } from '../../src/director/concepts.ts';
import { createDirector, type Director } from '../../src/director/director.ts';
import type { Request } from '../../src/director/http/exchange.ts';
import { seed } from '../../src/director/seed.ts';
import type { Identity } from '../../src/identity/identity.ts';
import { ALL_SCOPES } from '../../src/identity/scopes.ts';
import type { Registry } from '../../src/registry/contract.ts';
import { openMemoryRegistry } from '../../src/registry/memory/registry.ts';

export const DEFAULT_TENANT = '3e64ebae-38b5-46a0-b1ed-9ccee153a0ae';
export const ADMIN: Identity = {
  tenant: { id: DEFAULT_TENANT, externalId: DEFAULT_TENANT },
  consumer: { id: 'admin', type: 'Static User' },
  flow: 'JWT',
  scopes: ALL_SCOPES,
};
const { tenant: _, ...TENANTLESS } = ADMIN;
/** The same in no tenant. */
export const ADMIN_OF_NOTHING: Identity = TENANTLESS;

export const SETTINGS = {
  directorURL: 'http://plane.test/director',
  connectorURL: 'http://plane.test/connector/graphql',
  legacyConnectorURL: 'http://plane.test/v1/applications/signingRequests/info',
  oauthTokenURL: 'http://plane.test/oauth2/token',
  tokenLifetime: { application: 300_000, runtime: 3_600_000 },
  privateAddresses: false,
  asyncMode: false,
};

export interface Told {
  readonly data: { readonly result?: unknown } | null;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
}

export interface AskedDirector {
  readonly registry: Registry;
  readonly director: Director;
  ask(document: string, caller?: Identity): Promise<Told>;
  /** The message of the first error; undefined where there is none. */
  refusal(document: string, caller?: Identity): Promise<string | undefined>;
}

/** A registry in memory that knows the Director's collections from the beginning. */
export const directorsRegistry = () =>
  openMemoryRegistry({ collections: CONCEPTS.flatMap(({ collections }) => [...(collections ?? [])]) as never });

/** A document as clients post it. */
export const posted = (query: string, variables: object | undefined, caller: Identity = ADMIN): Request => ({
  method: 'POST',
  path: '/graphql',
  query: '',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query, variables }),
  caller,
  requestId: 'test',
});

export async function askedDirector(): Promise<AskedDirector> {
  const registry = directorsRegistry();
  await registry.write({ by: 'test', operation: 'seed' }, (tx) => seed(tx, true));
  const director = createDirector({ registry, settings: SETTINGS });
  const ask = async (query: string, caller: Identity = ADMIN): Promise<Told> => {
    return JSON.parse((await director.graphql(posted(query, undefined, caller))).body) as Told;
  };
  return { registry, director, ask, refusal: async (document, caller) => (await ask(document, caller)).errors?.[0]?.message };
}
