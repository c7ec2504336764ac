/** What resolvers are given beside their arguments: one for each request. */
import type { Identity } from '../identity/identity.ts';
import type { OAuthServer } from '../identity/oauth-server.ts';
import type { Awaitable, ReadTx, Registry } from '../registry/contract.ts';
import type { Call, WriteCall } from './call.ts';
import type { Request } from './http/exchange.ts';
import type { PlaneCertificate } from './outbound/transport.ts';
import type { DirectorSchema } from './schema/schemas.ts';

export interface DirectorContext {
  readonly director: DirectorCore;
  readonly caller: Identity;
  /** For reading. In a query its transaction is one consistent view; in a mutation it shows the latest state, so that answers are read after the change. */
  readonly call: Call;
  /** Runs a rule in a transaction of its own; the answer is there when it is durable. */
  write<T>(work: (call: WriteCall) => Awaitable<T>): Promise<T>;
  /** Where several mutations share one transaction: work with the network that is to wait for its commit, and is done before the answer. */
  readonly afterCommit?: (work: (ctx: DirectorContext) => Promise<void>) => void;
  /** Headers of the request, names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Passed on to every outgoing call of this request. */
  readonly requestId: string;
  /** Fields that are left out of the answer because their work goes on, and where its state can be asked for. */
  readonly deferred: { readonly field: string; readonly location: string }[];
  /** Name of the mutation under way: what the journal tells. */
  operation: string;
  /** What the only mutation of the document came to, once a plan has carried it out: graphql-js takes it from here where it has to answer after all. */
  outcome?: Promise<unknown>;
}

/** The Director as its own parts know it: what it was given, its schemas, and how a request becomes a call. */
export interface DirectorCore extends DirectorOptions {
  readonly schema: DirectorSchema;
  /** What a rule needs, for this caller in that transaction. */
  callFor<T extends ReadTx>(caller: Identity, tx: T): Call<T>;
  /** What a resolver needs, for one request. */
  contextFor(request: Pick<Request, 'caller' | 'headers' | 'requestId'>, tx: ReadTx): DirectorContext;
}

/** What a Director is made of: given once, by the composition root. */
export interface DirectorOptions {
  readonly registry: Registry;
  readonly settings: DirectorSettings;
  /** Where clients for client credentials are kept if not in the plane itself. */
  readonly oauthServer?: OAuthServer;
  readonly clock?: () => Date;
  readonly newId?: () => string;
  /** The plane's own client certificate, for those who want one (access strategy `sap:cmp-mtls:v1`). */
  readonly certificate?: () => Promise<PlaneCertificate>;
  /** Told about what went wrong inside, never with secrets. */
  readonly report?: (message: string, details?: Record<string, unknown>) => void;
}

export interface DirectorSettings {
  /** Base address of the Director as others see it; `/graphql` and `/v1/…` are below. */
  directorURL: string;
  /** GraphQL address of the Connector: what one-time tokens name. */
  connectorURL: string;
  /** Where applications of the old REST interface take a token to. */
  legacyConnectorURL: string;
  /** Address of the OAuth2 token endpoint. */
  oauthTokenURL: string;
  /** Lifetimes of one-time tokens in milliseconds. */
  readonly tokenLifetime: { readonly application: number; readonly runtime: number };
  /** By id of an integration system: the address that gives out one-time tokens of its applications. */
  readonly pairingAdapters?: ReadonlyMap<string, string>;
  /** Whether fetch requests and webhooks may reach loopback, link-local and private addresses: only on a local plane. */
  readonly privateAddresses: boolean;
  /** Whether `mode: ASYNC` is taken. */
  readonly asyncMode: boolean;
}
