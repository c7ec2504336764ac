/** Who is calling, by client certificate or one-time token. */
import type { KeyObject } from 'node:crypto';
import { NOBODY, type Identity } from '../identity/identity.ts';
import { UnknownTenant } from '../identity/errors.ts';
import type { ConnectorCaller } from '../connector/call.ts';
import type { Awaitable } from '../registry/contract.ts';
import { clientCertificateOf, presentedCertificate, type ClientCertificate } from './client-certificate.ts';
import type { Directory, KnownAuth } from './directory.ts';
import type { Identified } from './gateway.ts';
import { denialOf } from './identify.ts';
import type { Incoming } from './listener.ts';
import { authSession, externalIdentity, type ExternalOptions } from './session.ts';
import { onBehalfOf } from './user-context.ts';

export interface ClientsOptions {
  readonly directory: Directory;
  /** Keys of the authorities whose certificates count as this plane's own: the one that signs, and those that did. */
  readonly ownKeys: () => readonly KeyObject[];
  readonly external: ExternalOptions;
  /** Checks that depend on records: whether the caller may act on behalf of another. Throws an AuthenticationError. */
  readonly admit?: (identity: Identity) => Promise<void>;
  readonly clock?: () => Date;
}

/** A client as the Connector knows it, and as all others do. */
export interface ClientSession {
  readonly connector: ConnectorCaller;
  readonly identity: Identity;
  /** External id of a tenant that the request names and that is not the client's: it has none then. */
  readonly foreignTenant?: string;
}

export interface Clients {
  /** For systems that see identities alone. Undefined where the request has neither a certificate nor a one-time token. */
  identify(request: Incoming): Promise<Identified> | undefined;
  /** For clients with a token or certificate of this plane; undefined where it opens nothing. A one-time token is used up by this. */
  session(request: Incoming): Promise<ClientSession | undefined>;
}

const tokenOf = ({ headers, query }: Incoming) => headers['connector-token'] || new URLSearchParams(query).get('token') || undefined;
const tenantOf = ({ headers }: Incoming) => headers.tenant || undefined;

/** Judges on every request, not at the handshake: what was given back or deleted since opens nothing. */
export function createClients({ directory, ownKeys, external, admit, clock = () => new Date() }: ClientsOptions): Clients {
  /** What a proxy tells of goes before the proxy's own certificate. */
  const certificateOf = (request: Incoming): Awaitable<ClientCertificate | undefined> =>
    request.presented ? presentedCertificate(directory, request.presented) : clientCertificateOf(request.tls, ownKeys());

  /** The auth of a certificate that holds: not run out, not given back, its auth still there. */
  async function authOf(certificate: ClientCertificate): Promise<KnownAuth | undefined> {
    if (!certificate.ours || certificate.notAfter < clock() || (await directory.isRevoked(certificate.fingerprint))) return undefined;
    return directory.systemAuth(certificate.name.CN?.[0] ?? '');
  }

  async function asIdentity(auth: KnownAuth | undefined, request: Incoming, flow: 'Certificate' | 'OneTimeToken'): Promise<Identified> {
    const session = auth && (await authSession(directory, auth, tenantOf(request), flow));
    if (!session) return { caller: NOBODY };
    return session.foreignTenant === undefined ? { caller: session.identity } : denialOf(new UnknownTenant(session.foreignTenant));
  }

  async function byCertificate(certificate: ClientCertificate, request: Incoming): Promise<Identified> {
    if (certificate.ours) return asIdentity(await authOf(certificate), request, 'Certificate');
    if (certificate.notAfter < clock() || (await directory.isRevoked(certificate.fingerprint))) return { caller: NOBODY };
    try {
      const holder = await externalIdentity(directory, certificate, tenantOf(request), external);
      const context = request.headers.user_context;
      if (!context) return { caller: holder };
      const caller = await onBehalfOf(directory, holder, context);
      await admit?.(caller);
      return { caller };
    } catch (error) {
      return denialOf(error);
    }
  }

  return {
    identify(request) {
      const found = certificateOf(request);
      if (found) return Promise.resolve(found).then((certificate) => byCertificate(certificate!, request));
      const token = request.headers['connector-token'];
      return token ? directory.useToken(token).then((auth) => asIdentity(auth, request, 'OneTimeToken')) : undefined;
    },

    async session(request) {
      const token = tokenOf(request);
      const tokenAuth = token ? await directory.useToken(token) : undefined;
      const certificate = await certificateOf(request);
      const certificateAuth = certificate && (await authOf(certificate));
      const auth = certificateAuth ?? tokenAuth;
      const session = auth && (await authSession(directory, auth, tenantOf(request), certificateAuth ? 'Certificate' : 'OneTimeToken'));
      if (!session) return undefined;
      const connector: ConnectorCaller = {
        ...(tokenAuth ? { tokenAuthId: tokenAuth.id } : {}),
        ...(certificate && certificateAuth ? { certificate: { authId: certificateAuth.id, fingerprint: certificate.fingerprint } } : {}),
        consumerType: session.identity.consumer.type,
        ...(session.identity.tenant ? { tenant: session.identity.tenant.id } : {}),
      };
      const { identity, foreignTenant } = session;
      return { connector, identity, ...(foreignTenant === undefined ? {} : { foreignTenant }) };
    },
  };
}
