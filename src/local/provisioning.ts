/** The Provisioner of a plane, composed: its provider, the agents that it starts, and its way to the Director. */
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '../client/client.ts';
import type { Signer } from '../identity/signing.ts';
import type { Profile } from '../provisioner/call.ts';
import { createProvisioner, type Provisioner } from '../provisioner/provisioner.ts';
import { simulatedClusters } from '../provisioner/providers/clusters.ts';
import { localProvider } from '../provisioner/providers/local.ts';
import { simulatedProvider, type SimulationOptions } from '../provisioner/providers/simulated.ts';
import type { Registry } from '../registry/contract.ts';
import { createAgents, type Agents } from './agents.ts';
import type { PlaneOptions } from './options.ts';

export interface Provisioning {
  readonly provisioner: Provisioner;
  /** Version of the simulated cluster of that name. */
  version(cluster: string): Promise<string | undefined>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ProvisioningOptions {
  readonly registry: Registry;
  readonly signer: Signer;
  readonly plane: PlaneOptions;
  /** PEM file of the authority of the plane's servers. */
  readonly caFile: string;
  /** Base addresses, known once the plane listens. */
  readonly addresses: () => { readonly gateway: string; readonly mtls: string };
}

const PROFILES: ReadonlySet<string> = new Set<Profile>(['agent', 'current']);
const PROVIDERS = new Set(['local', 'simulated']);

function chosen<T extends string>(variable: string, value: string | undefined, known: ReadonlySet<string>, otherwise: T): T {
  if (value !== undefined && !known.has(value)) throw new Error(`${variable} is ${value}, and only ${[...known].join(' and ')} are known`);
  return (value ?? otherwise) as T;
}

/** The Provisioner is an integration system to the Director, so that what it registers is a Kyma runtime. */
const CONSUMER = { consumerID: '6f0d2b1e-93f4-4d5c-8a57-2f1f0c9b7a10', consumerType: 'Integration System' } as const;
const SCOPES = 'runtime:read runtime:write runtime.webhooks:read webhook:write';
const TOKEN_LIFETIME = 5 * 60_000;

/** Milliseconds of a stage where nobody says otherwise: long enough to be seen, short enough not to wait for. */
const STAGE = { local: 0, simulated: 1_000 } as const;

export async function createProvisioning({ registry, signer, plane, caFile, addresses }: ProvisioningOptions): Promise<Provisioning> {
  const profile = chosen<Profile>('COMPASS_PROVISIONER_PROFILE', plane.provisionerProfile, PROFILES, 'agent');
  const provider = chosen<'local' | 'simulated'>('COMPASS_PROVIDER', plane.provider, PROVIDERS, 'local');
  const stage = plane.simulatedStage ?? STAGE[provider];
  const simulation: SimulationOptions = {
    registry,
    stage,
    serverURL: (name) => `${addresses().gateway}/provisioner/clusters/${encodeURIComponent(name)}`,
  };
  const agentsDir = plane.ephemeral
    ? join(tmpdir(), `compass-agents-${process.pid}-${Date.now().toString(36)}`)
    : join(plane.dataDir, 'runtimes');
  const agents: Agents | undefined =
    provider === 'local'
      ? createAgents({
          dir: agentsDir,
          ca: await readFile(caFile, 'utf8'),
          addresses: () => ({ connectorURL: `${addresses().mtls}/connector/graphql`, directorURL: `${addresses().mtls}/director/graphql` }),
          report: plane.report,
        })
      : undefined;

  const provisioner = createProvisioner({
    registry,
    profile,
    provider: agents ? localProvider(simulation, agents) : simulatedProvider(simulation),
    awaitsAgent: agents !== undefined,
    pollInterval: Math.min(1_000, Math.max(50, stage / 3)),
    director: (tenant) =>
      createClient({
        url: `${addresses().gateway}/director/graphql`,
        token: signer.issue(
          { scopes: SCOPES, tenant: JSON.stringify({ externalTenant: tenant }), ...CONSUMER, flow: 'OAuth2' },
          TOKEN_LIFETIME,
        ),
      }),
    report: plane.report,
  });

  return {
    provisioner,
    version: async (cluster) => (await registry.latest.find(simulatedClusters, 'name', cluster))[0]?.kubernetesVersion,
    async start() {
      await agents?.resume();
      await provisioner.start();
    },
    async stop() {
      await provisioner.stop();
      await agents?.stop();
      if (plane.ephemeral) await rm(agentsDir, { recursive: true, force: true });
    },
  };
}
