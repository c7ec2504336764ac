/** The composition root of `compass serve`: makes every system of its parts, starts and stops them in order. */
import http from 'node:http';
import { createDirector, type Director } from '../director/director.ts';
import { answerDirector, needsCredential } from '../director/http/routes.ts';
import { resumeOperations } from '../director/application/operation-run.ts';
import { backgroundDone, inBackground } from '../director/notification/background.ts';
import { resumeNotifications } from '../director/notification/resume.ts';
import { seed } from '../director/seed.ts';
import { createAdapter } from '../adapter/adapter.ts';
import { adapterMounts } from '../gateway/adapter-mounts.ts';
import { connectorMount } from '../gateway/connector-mount.ts';
import { createGateway, type Mount } from '../gateway/gateway.ts';
import { healthMount } from '../gateway/health-mount.ts';
import { provisionerMount } from '../gateway/provisioner-mount.ts';
import { drain, listen, requestListener } from '../gateway/listener.ts';
import { ALL_SCOPES } from '../identity/scopes.ts';
import { jwksKeys } from '../identity/jwks.ts';
import { newSigningKey, signerOf, type SigningKeys } from '../identity/signing.ts';
import { openRegistry } from '../registry/open.ts';
import type { Registry } from '../registry/contract.ts';
import { COLLECTIONS } from './collections.ts';
import { bearers, identityMounts } from './identity.ts';
import type { PlaneOptions } from './options.ts';
import { createProvisioning } from './provisioning.ts';
import { keptSecret } from './secrets.ts';
import { createTrust } from './trust.ts';

export const DEFAULT_TENANT = '3e64ebae-38b5-46a0-b1ed-9ccee153a0ae';

/** What scripts read from the ready file; addresses are base URLs. */
export interface Ready {
  readonly pid: number;
  readonly version: string;
  readonly gateway: string;
  readonly director: string;
  readonly connector: string;
  readonly provisioner: string;
  readonly mtls: string;
  readonly tenant: string;
  readonly token: string;
  readonly caFile: string;
}

export interface Plane {
  readonly ready: Ready;
  readonly registry: Registry;
  readonly director: Director;
  /** Finishes what is under way, folds the Registry, lets everything go. */
  close(): Promise<void>;
}

const ADMIN_TOKEN_LIFETIME = 365 * 24 * 3_600_000;
const PATIENCE = 5_000;
const HOSTS = ['localhost', '127.0.0.1', '::1'];

export async function startPlane(options: PlaneOptions): Promise<Plane> {
  const registry = await openRegistry(placeOf(options), { collections: COLLECTIONS, report: ({ message }) => options.report(message) });
  try {
    return await startOn(registry, options);
  } catch (error) {
    await registry.close();
    throw error;
  }
}

const placeOf = ({ ephemeral, registry, dataDir }: PlaneOptions) => (ephemeral ? 'memory' : (registry ?? { dir: dataDir }));

async function startOn(registry: Registry, options: PlaneOptions): Promise<Plane> {
  await registry.write({ by: 'compass', operation: 'seed' }, (tx) => seed(tx, options.seed === 'reference'));

  const signer = signerOf(
    await keptSecret<SigningKeys>(options.ephemeral ? undefined : options.dataDir, 'signing-keys.json', () => [newSigningKey()]),
  );
  const trusted = options.trustedJwks ? await jwksKeys(options.trustedJwks) : undefined;

  const settings = {
    directorURL: '',
    connectorURL: '',
    legacyConnectorURL: '',
    oauthTokenURL: '',
    tokenLifetime: options.tokenLifetime,
    privateAddresses: options.local,
    asyncMode: options.asyncMode,
  };
  const director = createDirector({ registry, settings, report: options.report });

  const trust = await createTrust(director, options);
  const identify = bearers(director, trust.directory, signer, trusted);
  const addresses = { gateway: '', mtls: '' };
  const provisioning = await createProvisioning({ registry, signer, plane: options, caFile: trust.caFile, addresses: () => addresses });
  const mounts: Mount[] = [
    { base: '/director', needsCredential: ({ path }) => needsCredential(path), answer: (request) => answerDirector(director, request) },
    connectorMount(trust.connector, trust.clients),
    ...identityMounts(director, signer),
    provisionerMount(provisioning.provisioner, provisioning.version),
    healthMount,
    ...adapterMounts(createAdapter({ director, connector: trust.connector, addresses: () => addresses }), trust.clients),
  ];
  const handle = createGateway({
    mounts,
    identify: (request) =>
      (request.headers.authorization === undefined || request.tls ? trust.clients.identify(request) : undefined) ?? identify(request),
    ...(options.local ? { hosts: new Set([...HOSTS, options.host]) } : {}),
  });
  const listener = requestListener({ handle, bodyLimit: options.bodyLimit, report: options.report });
  const server = http.createServer(listener);
  const mtlsServer = await trust.mtlsServer(listener);
  for (const one of [server, mtlsServer]) one.keepAliveTimeout = 65_000;
  const [port, mtlsPort] = await Promise.all([
    listen(server, options.port, options.host),
    listen(mtlsServer, options.mtlsPort, options.host),
  ]);

  await registry.describeHolder?.({ port });

  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const gateway = `http://${host}:${port}`;
  const mtls = `https://${host}:${mtlsPort}`;
  Object.assign(addresses, { gateway, mtls });
  trust.announce(mtls);
  Object.assign(settings, {
    directorURL: `${gateway}/director`,
    connectorURL: `${gateway}/connector/graphql`,
    legacyConnectorURL: `${gateway}/v1/applications/signingRequests/info`,
    oauthTokenURL: `${gateway}/oauth2/token`,
  });

  await provisioning.start();
  inBackground(director, 'taking up notifications', () => resumeNotifications(director));
  inBackground(director, 'taking up operations', () => resumeOperations(director));

  const token = signer.issue(
    {
      scopes: ALL_SCOPES.join(' '),
      tenant: JSON.stringify({ consumerTenant: DEFAULT_TENANT, externalTenant: DEFAULT_TENANT }),
      consumerID: 'admin',
      consumerType: 'Static User',
      flow: 'JWT',
    },
    ADMIN_TOKEN_LIFETIME,
  );

  return {
    ready: {
      pid: process.pid,
      version: options.version,
      gateway,
      director: `${gateway}/director`,
      connector: `${gateway}/connector`,
      provisioner: `${gateway}/provisioner`,
      mtls,
      tenant: DEFAULT_TENANT,
      token,
      caFile: trust.caFile,
    },
    registry,
    director,
    async close() {
      await provisioning.stop();
      await Promise.all([drain(server, PATIENCE), drain(mtlsServer, PATIENCE)]);
      await backgroundDone(director, PATIENCE);
      await trust.close();
      await registry.close();
    },
  };
}
