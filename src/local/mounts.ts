/** What stands behind the entrance of this process, by path: the systems that it runs, and the way to those elsewhere. */
import { createAdapter } from '../adapter/adapter.ts';
import type { Director } from '../director/director.ts';
import { answerDirector, needsCredential } from '../director/http/routes.ts';
import { adapterMounts } from '../gateway/adapter-mounts.ts';
import { authoritiesDesk } from '../gateway/authorities-desk.ts';
import { connectorMount } from '../gateway/connector-mount.ts';
import type { Mount } from '../gateway/gateway.ts';
import { healthMount } from '../gateway/health-mount.ts';
import { provisionerMount } from '../gateway/provisioner-mount.ts';
import type { Metrics } from '../gateway/metrics.ts';
import { metricsMount } from '../gateway/request-metrics.ts';
import { identityMounts } from './identity.ts';
import type { PlaneOptions, System } from './options.ts';
import type { Provisioning } from './provisioning.ts';
import { proxyTo } from './proxy.ts';
import type { KeptSigner } from './signing.ts';
import type { Trust } from './trust.ts';

export interface Behind {
  readonly systems: ReadonlySet<System>;
  readonly options: PlaneOptions;
  readonly director: Director;
  readonly trust: Trust;
  readonly signer: KeptSigner;
  /** Undefined where the Provisioner does not run here. */
  readonly provisioning: Provisioning | undefined;
  readonly metrics: Metrics;
  /** Base addresses as others see them, known once the plane listens. */
  readonly addresses: () => { readonly gateway: string; readonly mtls: string };
}

export async function mountsOf({ systems, options, director, trust, signer, provisioning, metrics, addresses }: Behind): Promise<Mount[]> {
  const mounts: Mount[] = [healthMount, metricsMount(metrics)];
  if (systems.has('director'))
    mounts.push({
      base: '/director',
      needsCredential: ({ path }) => needsCredential(path),
      answer: (request) => answerDirector(director, request),
    });
  else if (options.directorUrl !== undefined) mounts.push(await proxyTo(options.directorUrl, options));
  if (systems.has('connector')) mounts.push(connectorMount(trust.connector, trust.clients, authoritiesDesk(trust.authorities)));
  if (systems.has('gateway')) mounts.push(...identityMounts(director, signer));
  if (provisioning) mounts.push(provisionerMount(provisioning.provisioner, provisioning.version));
  // last: its paths begin with the names of applications
  if (systems.has('connector') && systems.has('director'))
    mounts.push(...adapterMounts(createAdapter({ director, connector: trust.connector, addresses }), trust.clients));
  return mounts;
}
