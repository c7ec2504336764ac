/** The composition root of `compass serve`: makes every system of its parts, starts and stops them in order. */
import { mkdir } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { createDirector, type Director } from '../director/director.ts';
import { answerDirector, needsCredential } from '../director/http/routes.ts';
import { backgroundDone } from '../director/background.ts';
import { createFeed } from '../director/notification/feed.ts';
import { carriedBy, resume } from '../director/resume.ts';
import { seed } from '../director/seed.ts';
import { createAdapter } from '../adapter/adapter.ts';
import { adapterMounts } from '../gateway/adapter-mounts.ts';
import { authoritiesDesk } from '../gateway/authorities-desk.ts';
import { connectorMount } from '../gateway/connector-mount.ts';
import { createEventStreams } from '../gateway/event-stream.ts';
import { createGateway, type Mount } from '../gateway/gateway.ts';
import { guessRefusal } from '../gateway/guessing.ts';
import { healthMount } from '../gateway/health-mount.ts';
import { provisionerMount } from '../gateway/provisioner-mount.ts';
import { type Incoming, requestListener } from '../gateway/listener.ts';
import { metricsMount, requestMetrics } from '../gateway/request-metrics.ts';
import { ALL_SCOPES } from '../identity/scopes.ts';
import { jwksKeys } from '../identity/jwks.ts';
import { oauthServer } from '../identity/oauth-server.ts';
import { createThrottle } from '../identity/throttle.ts';
import { openRegistry } from '../registry/open.ts';
import type { Registry } from '../registry/contract.ts';
import { COLLECTIONS } from './collections.ts';
import { bearers, followRemovals, identityMounts } from './identity.ts';
import { openDoors } from './listeners.ts';
import { type PlaneOptions, publicHosts, type System } from './options.ts';
import { planeMetrics } from './metrics.ts';
import { createProvisioning } from './provisioning.ts';
import { proxiesBelieved, proxyTo } from './proxy.ts';
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
const HOSTS = ['localhost', '127.0.0.1', '::1'];

/** @throws Error where the systems asked for do not go together; RegistryUnavailable and what the backend tells of damage; the error of a taken port */
export async function startPlane(options: PlaneOptions): Promise<Plane> {
  const systems = systemsOf(options.only);
  if (!options.ephemeral) await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
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

  const settings = {
    directorURL: '',
    connectorURL: '',
    legacyConnectorURL: '',
    oauthTokenURL: '',
    tokenLifetime: options.tokenLifetime,
    privateAddresses: options.local,
    asyncMode: options.asyncMode,
    ...(options.pairingAdapters && { pairingAdapters: options.pairingAdapters }),
  };
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
  const identify = bearers(director, trust.directory, signer, trusted);
  const own = { gateway: '', mtls: '' };
  const addresses = { gateway: '', mtls: '' };
  const runs = (system: System) => systems.has(system);
  const provisioning = runs('provisioner')
    ? await createProvisioning({ registry, signer, plane: options, caFile: trust.caFile, addresses: () => own })
    : undefined;
  const metrics = planeMetrics(registry, trust.authorities, options.version);
  const mounts: Mount[] = [healthMount, metricsMount(metrics)];
  if (runs('director'))
    mounts.push({
      base: '/director',
      needsCredential: ({ path }) => needsCredential(path),
      answer: (request) => answerDirector(director, request),
    });
  else if (options.directorUrl !== undefined) mounts.push(await proxyTo(options.directorUrl, options));
  if (runs('connector')) mounts.push(connectorMount(trust.connector, trust.clients, authoritiesDesk(trust.authorities)));
  if (runs('gateway')) mounts.push(...identityMounts(director, signer));
  if (provisioning) mounts.push(provisionerMount(provisioning.provisioner, provisioning.version));
  // last: its paths begin with the names of applications
  if (runs('connector') && runs('director'))
    mounts.push(...adapterMounts(createAdapter({ director, connector: trust.connector, addresses: () => addresses }), trust.clients));
  const entrance = {
    identify: (request: Incoming) =>
      (request.headers.authorization === undefined || request.tls || request.presented ? trust.clients.identify(request) : undefined) ??
      identify(request),
    trustsProxy: proxiesBelieved(options),
    ...(options.local ? { hosts: new Set([...HOSTS, options.host, ...publicHosts(options)]) } : {}),
  };
  const handle = createGateway({ mounts, ...entrance, observe: requestMetrics(metrics) });
  const unlessGuessing = (request: Incoming) => {
    const denied = guessRefusal(request, guesses);
    return denied ? { denied } : entrance.identify(request);
  };
  const events = runs('gateway') ? createEventStreams({ source: createFeed(registry), ...entrance, identify: unlessGuessing }) : undefined;
  const listener = requestListener({
    handle: async (request) => guessRefusal(request, guesses) ?? handle(request),
    ...(events && { stream: events.stream }),
    bodyLimit: options.bodyLimit,
    trustsProxy: entrance.trustsProxy,
    report: options.report,
  });
  const listening = await openDoors(
    { http: http.createServer(listener), mtls: runs('gateway') ? await trust.mtlsServer(listener) : undefined },
    options,
  );
  const { gateway, mtls } = listening;
  await registry.describeHolder?.({ port: listening.port });

  const told = { gateway: options.publicUrl ?? gateway, mtls: options.publicMtlsUrl ?? mtls ?? '' };
  Object.assign(own, { gateway, mtls: mtls ?? '' });
  Object.assign(addresses, told);
  if (told.mtls) trust.announce(told.mtls);
  Object.assign(settings, {
    directorURL: `${told.gateway}/director`,
    connectorURL: `${told.gateway}/connector/graphql`,
    legacyConnectorURL: `${told.gateway}/v1/applications/signingRequests/info`,
    oauthTokenURL: options.oauthTokenUrl ?? `${told.gateway}/oauth2/token`,
  });

  await provisioning?.start();
  const endCarrying = registry.carry?.([...(runs('director') ? carriedBy(director) : []), ...(provisioning?.carried ?? [])]);
  if (!endCarrying && runs('director')) resume(director);

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
      ...((runs('director') || options.directorUrl !== undefined) && { director: `${gateway}/director` }),
      ...(runs('connector') && { connector: `${gateway}/connector` }),
      ...(runs('provisioner') && { provisioner: `${gateway}/provisioner` }),
      ...(mtls !== undefined && { mtls }),
      tenant: DEFAULT_TENANT,
      token,
      caFile: trust.caFile,
    },
    registry,
    director,
    async close() {
      await endCarrying?.();
      await provisioning?.stop();
      events?.close();
      await listening.close(PATIENCE);
      await backgroundDone(director, PATIENCE);
      await trust.close();
      signer.close();
      unfollow?.();
      await registry.close();
    },
  };
}
