/** The composition root of `compass serve`: makes every system of its parts, starts and stops them in order. */
import { join } from 'node:path';
import { createDirector, type Director } from '../director/director.ts';
import { backgroundDone } from '../director/background.ts';
import { carriedBy, resume } from '../director/resume.ts';
import { seed } from '../director/seed.ts';
import { ALL_SCOPES } from '../identity/scopes.ts';
import { jwksKeys } from '../identity/jwks.ts';
import { oauthServer } from '../identity/oauth-server.ts';
import type { Signer } from '../identity/signing.ts';
import { createThrottle } from '../identity/throttle.ts';
import { makeFolder } from '../process/folder.ts';
import { openRegistry } from '../registry/open.ts';
import type { Registry } from '../registry/contract.ts';
import { COLLECTIONS } from './collections.ts';
import { openEntrance } from './entrance.ts';
import { bearers, followRemovals } from './identity.ts';
import { planeMetrics, provisionerMetrics } from './metrics.ts';
import { mountsOf } from './mounts.ts';
import type { PlaneOptions, System } from './options.ts';
import { createProvisioning } from './provisioning.ts';
import { ADMIN_TOKEN_LIFETIME, openSigner } from './signing.ts';
import { systemsOf } from './systems.ts';
import { createTrust } from './trust.ts';

export const DEFAULT_TENANT = '3e64ebae-38b5-46a0-b1ed-9ccee153a0ae';

/** What scripts read from the ready file; addresses are base URLs. Systems that this process does not run have none. */
export interface Ready {
  readonly pid: number;
  readonly version: string;
  readonly gateway: string;
  readonly director?: string;
  readonly connector?: string;
  readonly provisioner?: string;
  readonly mtls?: string;
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

const PATIENCE = 5_000;

/** @throws Error where the systems asked for do not go together; UnusableFolder; RegistryUnavailable and what the backend tells of damage; the error of a taken port */
export async function startPlane(options: PlaneOptions): Promise<Plane> {
  const systems = systemsOf(options.only);
  if (!options.ephemeral) makeFolder(options.dataDir);
  const registry = await openRegistry(placeOf(options), {
    collections: COLLECTIONS,
    keyFile: options.registryKeyFile ?? join(options.dataDir, 'database.key'),
    report: ({ message }) => options.report(message),
  });
  try {
    return await startOn(registry, options, systems);
  } catch (error) {
    await registry.close();
    throw error;
  }
}

const placeOf = ({ ephemeral, registry, dataDir }: PlaneOptions) => (ephemeral ? 'memory' : (registry ?? { dir: dataDir }));

async function startOn(registry: Registry, options: PlaneOptions, systems: ReadonlySet<System>): Promise<Plane> {
  await registry.write({ by: 'compass', operation: 'seed' }, (tx) => seed(tx, options.seed === 'reference'));

  const signer = await openSigner(registry, { report: options.report });
  const trusted = options.trustedJwks ? await jwksKeys(options.trustedJwks) : undefined;

  const settings = settingsOf(options);
  const server = options.oauthAdminUrl === undefined ? undefined : oauthServer(options.oauthAdminUrl);
  const director = createDirector({
    registry,
    settings,
    certificate: () => trust.ownCertificate(),
    report: options.report,
    ...(server && { oauthServer: server }),
  });
  const unfollow = server && followRemovals(director, server);

  const guesses = createThrottle();
  const trust = await createTrust(director, options, guesses);
  const own = { gateway: '', mtls: '' };
  const addresses = { gateway: '', mtls: '' };
  const runs = (system: System) => systems.has(system);
  const provisioning = runs('provisioner')
    ? await createProvisioning({ registry, signer, plane: options, caFile: trust.caFile, addresses: () => own })
    : undefined;
  const metrics = planeMetrics(registry, trust.authorities, options.version);
  if (provisioning) provisionerMetrics(metrics, provisioning.provisioner);
  const mounts = await mountsOf({ systems, options, director, trust, signer, provisioning, metrics, addresses: () => addresses });
  const identify = bearers(director, trust.directory, signer, trusted);
  const listening = await openEntrance({ systems, options, director, trust, mounts, identify, guesses, metrics });
  const { gateway, mtls } = listening;
  await registry.describeHolder?.({ port: listening.port });

  const told = { gateway: options.publicUrl ?? gateway, mtls: options.publicMtlsUrl ?? mtls ?? '' };
  Object.assign(own, { gateway, mtls: mtls ?? '' });
  Object.assign(addresses, told);
  if (told.mtls) trust.announce(told.mtls);
  announceIn(settings, told.gateway, options);

  await provisioning?.start();
  const endCarrying = registry.carry?.([...(runs('director') ? carriedBy(director) : []), ...(provisioning?.carried ?? [])]);
  if (!endCarrying && runs('director')) resume(director);

  return {
    ready: {
      pid: process.pid,
      version: options.version,
      gateway,
      ...((runs('director') || options.directorUrl !== undefined) && { director: `${gateway}/director` }),
      ...(runs('connector') && { connector: `${gateway}/connector` }),
      ...(runs('provisioner') && { provisioner: `${gateway}/provisioner` }),
      ...(mtls !== undefined && { mtls }),
      tenant: DEFAULT_TENANT,
      token: administratorToken(signer),
      caFile: trust.caFile,
    },
    registry,
    director,
    async close() {
      await endCarrying?.();
      await provisioning?.stop();
      listening.endStreams();
      await listening.close(PATIENCE);
      await backgroundDone(director, PATIENCE);
      await trust.close();
      signer.close();
      unfollow?.();
      await registry.close();
    },
  };
}

/** The Director's settings; addresses are filled in once the plane listens. */
const settingsOf = ({ tokenLifetime, local, asyncMode, pairingAdapters }: PlaneOptions) => ({
  directorURL: '',
  connectorURL: '',
  legacyConnectorURL: '',
  oauthTokenURL: '',
  tokenLifetime,
  privateAddresses: local,
  asyncMode,
  ...(pairingAdapters && { pairingAdapters }),
});

const announceIn = (settings: ReturnType<typeof settingsOf>, gateway: string, { oauthTokenUrl }: PlaneOptions) =>
  Object.assign(settings, {
    directorURL: `${gateway}/director`,
    connectorURL: `${gateway}/connector/graphql`,
    legacyConnectorURL: `${gateway}/v1/applications/signingRequests/info`,
    oauthTokenURL: oauthTokenUrl ?? `${gateway}/oauth2/token`,
  });

const administratorToken = (signer: Signer) =>
  signer.issue(
    {
      scopes: ALL_SCOPES.join(' '),
      tenant: JSON.stringify({ consumerTenant: DEFAULT_TENANT, externalTenant: DEFAULT_TENANT }),
      consumerID: 'admin',
      consumerType: 'Static User',
      flow: 'JWT',
    },
    ADMIN_TOKEN_LIFETIME,
  );
