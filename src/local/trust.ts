/** The trust side of a plane, composed: authorities, Connector, who clients are, and the listener that asks for certificates. */
import { mkdtemp, rm, readFile, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import type { Server } from 'node:https';
import type { KeyObject } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuthorities, type Authorities } from '../connector/authorities.ts';
import { createConnector, type Connector } from '../connector/connector.ts';
import { authorities as authoritiesCollection } from '../connector/records.ts';
import type { Director } from '../director/director.ts';
import { replaceToken } from '../director/one-time-token/use.ts';
import { createClients, type Clients } from '../gateway/clients.ts';
import type { Directory, KnownMapping } from '../gateway/directory.ts';
import { countingGuesses } from '../gateway/guessing.ts';
import type { Throttle } from '../identity/throttle.ts';
import { createMtlsServer } from '../gateway/mtls.ts';
import { DEFAULT_EXTERNAL_ISSUER } from '../gateway/subject.ts';
import { issueOwnCertificate, issueServerCertificate, readAuthority, type AuthorityFiles, type OwnCertificate } from '../pki/authority.ts';
import { createDirectory } from './directory.ts';
import { admission } from './identity.ts';
import { type PlaneOptions, publicHosts, type SubjectMapping, UnusableOption } from './options.ts';

export interface Trust {
  readonly authorities: Authorities;
  readonly connector: Connector;
  readonly clients: Clients;
  readonly directory: Directory;
  /** PEM file of the authority that this plane's own servers are trusted by. */
  readonly caFile: string;
  /** What the plane itself shows as a client, signed by the authority in that file; renewed in time. */
  ownCertificate(): Promise<OwnCertificate>;
  /** A server for the mTLS listener, not listening yet. */
  mtlsServer(listener: RequestListener): Promise<Server>;
  /** Tells clients where to go, once the addresses are known. */
  announce(mtls: string): void;
  close(): Promise<void>;
}

/** Three months, as the reference gives them. */
const CERTIFICATE_HOURS = 2160;

/** Milliseconds that the plane's own certificate holds at least when it is shown. */
const RENEWED_BEFORE = 30 * 24 * 3_600_000;

const configured = ({ subject, consumer_type, tenant_access_levels, internal_consumer_id }: SubjectMapping): KnownMapping => ({
  subject,
  consumerType: consumer_type,
  tenantAccessLevels: tenant_access_levels,
  ...(internal_consumer_id ? { internalConsumerID: internal_consumer_id } : {}),
});

/** @throws UnusableOption */
async function givenAuthority({ caCert, caKey }: PlaneOptions): Promise<AuthorityFiles | undefined> {
  if (caCert === undefined && caKey === undefined) return undefined;
  if (caCert === undefined || caKey === undefined)
    throw new UnusableOption('an authority is given by its certificate and its key: both are needed');
  try {
    return readAuthority(await readFile(caCert, 'utf8'), await readFile(caKey, 'utf8'), new Date());
  } catch (error) {
    throw new UnusableOption(`${caCert} with ${caKey} cannot be the authority of client certificates: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** `guesses` is told of one-time tokens that open nothing. */
export async function createTrust(director: Director, options: PlaneOptions, guesses: Throttle): Promise<Trust> {
  const { registry, report } = director;
  const given = await givenAuthority(options);
  const authorities = openAuthorities({ registry, certificateHours: CERTIFICATE_HOURS, given });
  let ownKeys: readonly KeyObject[] = [];
  authorities.onAccepted((accepted) => (ownKeys = accepted.map(({ publicKey }) => publicKey)));

  const settings = { directorURL: '', certificateSecuredConnectorURL: '', certificateHours: CERTIFICATE_HOURS };
  const connector = createConnector({
    registry,
    settings,
    authority: () => authorities.clients(),
    tokens: {
      replace: (authId, { consumerType, tenant }) =>
        registry.write({ by: `${consumerType} of ${authId}`, operation: 'configuration', ...(tenant ? { tenant } : {}) }, (tx) =>
          replaceToken(tx, authId, director.settings, new Date().toISOString()),
        ),
    },
    ...(report ? { report } : {}),
  });

  const directory = createDirectory({ director, connector });
  const known = createClients({
    directory,
    ownKeys: () => ownKeys,
    external: { issuer: options.externalIssuer ?? DEFAULT_EXTERNAL_ISSUER, mappings: (options.subjectMappings ?? []).map(configured) },
    admit: admission(director),
  });
  const clients = countingGuesses(known, guesses);

  // the key takes its time: begin when somebody is about to pair; and take in what another process has made
  const unwatch = registry.watch(({ about: { operation }, changes }) => {
    const made = changes.some(({ collection }) => collection === authoritiesCollection.name);
    const due = made ? authorities.refresh() : operation.startsWith('requestOneTimeToken') ? authorities.clients() : undefined;
    due?.catch((error: Error) => report?.('the certificate authority could not be made', { error: error.message }));
  });

  if (given) await authorities.clients();
  const servers = await authorities.servers();
  const temporary = options.ephemeral ? await mkdtemp(join(tmpdir(), 'compass-')) : undefined;
  const caFile = join(temporary ?? options.dataDir, 'ca.pem');
  await writeFile(caFile, servers.files.certificate);

  let own: Promise<OwnCertificate> | undefined;
  const ownCertificate = async (): Promise<OwnCertificate> => {
    const now = new Date();
    const shown = await (own ??= issueOwnCertificate(servers, now));
    if (shown.notAfter.getTime() - now.getTime() > RENEWED_BEFORE) return shown;
    return (own = issueOwnCertificate(servers, now));
  };

  return {
    authorities,
    ownCertificate,
    connector,
    clients,
    directory,
    caFile,
    async mtlsServer(listener) {
      const certificate = await issueServerCertificate(
        servers,
        [...new Set(['localhost', '127.0.0.1', '::1', options.host, ...publicHosts(options)])],
        new Date(),
      );
      const trusted = options.trustedClientCa ? [await readFile(options.trustedClientCa, 'utf8')] : [];
      const { server, trust } = createMtlsServer({ certificate, trusted, listener });
      authorities.onAccepted(trust);
      await authorities.refresh();
      trust(await authorities.accepted());
      return server;
    },
    announce(mtls) {
      settings.directorURL = `${mtls}/director/graphql`;
      settings.certificateSecuredConnectorURL = `${mtls}/connector/graphql`;
    },
    async close() {
      unwatch();
      if (temporary) await rm(temporary, { recursive: true, force: true });
    },
  };
}
