/** The Provisioner of a plane, composed: its provider, the agents that it starts, and its way to the Director. */
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient } from '../client/client.ts';
import type { Signer } from '../identity/signing.ts';
import { PROFILE_NAMES, type ProfileName } from '../provisioner/profiles.ts';
import { createProvisioner, type Provisioner } from '../provisioner/provisioner.ts';
import type { ClusterProvider } from '../provisioner/provider.ts';
import { simulatedClusters } from '../provisioner/providers/clusters.ts';
import { evenly } from '../provisioner/providers/faults.ts';
import { foreignProvider } from '../provisioner/providers/foreign.ts';
import { localProvider } from '../provisioner/providers/local.ts';
import { createModuleHost } from '../provisioner/providers/module-host.ts';
import { simulatedProvider, type SimulationOptions } from '../provisioner/providers/simulated.ts';
import type { Carried, Registry } from '../registry/contract.ts';
import { ownFolder } from './agent-folder.ts';
import { createAgents } from './agents.ts';
import { programOf } from './children.ts';
import type { PlaneOptions } from './options.ts';
import { fateOf, shareAgents } from './shared-agents.ts';
import { readSimulation } from './simulation.ts';

export interface Provisioning {
  readonly provisioner: Provisioner;
  /** Version of the simulated cluster of that name. */
  version(cluster: string): Promise<string | undefined>;
  /** What other planes may take up, where they share the Registry. */
  readonly carried: readonly Carried[];
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

const PROVIDERS: ReadonlySet<string> = new Set(['local', 'simulated']);

function profileOf(value = 'agent'): ProfileName {
  const known = PROFILE_NAMES.find((name) => name === value);
  if (known === undefined) throw new Error(`COMPASS_PROVISIONER_PROFILE is ${value}, and only ${PROFILE_NAMES.join(', ')} are known`);
  return known;
}

/** The path of a module that is a provider; undefined for the names of ours. */
function modulePath(value: string): string | undefined {
  if (PROVIDERS.has(value)) return undefined;
  if (!/[/\\]|\.[cm]?js$/.test(value))
    throw new Error(`COMPASS_PROVIDER is ${value}, and only ${[...PROVIDERS].join(', ')} and paths of modules (./provider.mjs) are known`);
  return resolve(value);
}

/** The Provisioner is an integration system to the Director, so that what it registers is a Kyma runtime. */
const CONSUMER = { consumerID: '6f0d2b1e-93f4-4d5c-8a57-2f1f0c9b7a10', consumerType: 'Integration System' } as const;
const SCOPES = 'runtime:read runtime:write runtime.webhooks:read webhook:write';
const TOKEN_LIFETIME = 5 * 60_000;

/** Milliseconds of a stage where nobody says otherwise: long enough to be seen, short enough not to wait for. */
const STAGE: Readonly<Record<string, number>> = { local: 0, simulated: 1_000 };
/** Milliseconds after which nobody believes any more that an agent on this machine connects. */
const LOCAL_LIMIT = 2 * 60_000;
/** Milliseconds that a call of a provider's module may take. */
const MODULE_PATIENCE = 30_000;

/** Milliseconds between two looks: often enough to see each stage, seldom enough to cost nothing. */
const pollInterval = (stage: number) => Math.min(1_000, Math.max(50, stage / 3));

interface Composed {
  readonly provider: ClusterProvider;
  readonly carried?: readonly Carried[];
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** How agents are run beside this plane. */
async function agentsOf(dir: string, { plane, caFile, addresses }: ProvisioningOptions, onState?: (runtimeId: string) => void) {
  return createAgents({
    dir,
    program: programOf('agent'),
    ephemeral: plane.ephemeral,
    ca: await readFile(caFile, 'utf8'),
    addresses: () => ({ connectorURL: `${addresses().mtls}/connector/graphql`, directorURL: `${addresses().mtls}/director/graphql` }),
    report: plane.report,
    ...(onState && { onState }),
  });
}

async function localAgents(simulation: SimulationOptions, options: ProvisioningOptions): Promise<Composed> {
  const { registry, plane } = options;
  const dir = plane.ephemeral
    ? join(tmpdir(), `compass-agents-${process.pid}-${Date.now().toString(36)}`)
    : join(plane.dataDir, 'runtimes');
  const agents = await agentsOf(dir, options);
  return {
    provider: localProvider(simulation, agents),
    start: () => agents.resume((id) => fateOf(registry.latest, id)),
    async stop() {
      await agents.stop();
      if (plane.ephemeral) await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The same where other planes write to the Registry, too. */
async function agentsAmongPlanes(
  simulation: SimulationOptions,
  options: ProvisioningOptions,
  connect: (runtimeId: string) => Promise<void>,
): Promise<Composed> {
  const { registry, plane } = options;
  const { dir, owner, release } = await ownFolder(plane.dataDir);
  const agents = await agentsOf(dir, options, (runtimeId) => shared.changed(runtimeId));
  const shared = shareAgents({ registry, agents, owner, connect, report: plane.report });
  return {
    provider: localProvider(simulation, shared),
    carried: shared.carried,
    start: () => shared.resume(),
    async stop() {
      await shared.stop();
      await release();
    },
  };
}

async function ofModule(path: string, registry: Registry): Promise<Composed> {
  const host = createModuleHost({ path, program: programOf('provider'), patience: MODULE_PATIENCE });
  const provider = foreignProvider({ registry, host });
  return { provider, start: () => provider.start(), stop: () => provider.stop() };
}

async function sideOf(
  name: string,
  simulation: SimulationOptions,
  options: ProvisioningOptions,
  connect: (runtimeId: string) => Promise<void>,
): Promise<Composed> {
  const path = modulePath(name);
  if (path) return ofModule(path, options.registry);
  if (name !== 'local') return { provider: simulatedProvider(simulation), start: async () => {}, stop: async () => {} };
  return options.registry.carry ? agentsAmongPlanes(simulation, options, connect) : localAgents(simulation, options);
}

export async function createProvisioning(options: ProvisioningOptions): Promise<Provisioning> {
  const { registry, signer, plane, addresses } = options;
  const profile = profileOf(plane.provisionerProfile);
  const name = plane.provider ?? 'local';
  const path = modulePath(name);
  const stage = plane.simulatedStage ?? STAGE[name] ?? 1_000;
  const { stages, faults } = await readSimulation(plane.simulation);
  const simulation: SimulationOptions = {
    registry,
    schedule: { ...evenly(stage), ...stages },
    faults,
    serverURL: (cluster) => `${addresses().gateway}/provisioner/clusters/${encodeURIComponent(cluster)}`,
  };
  const side = await sideOf(name, simulation, options, (runtimeId) => provisioner.connectAgent(runtimeId));
  const stageLimit = plane.stageLimit ?? (name === 'local' ? LOCAL_LIMIT : undefined);

  const provisioner = createProvisioner({
    registry,
    profile,
    provider: side.provider,
    pollInterval: pollInterval(Math.min(...Object.values(path ? evenly(stage) : simulation.schedule))),
    retryPause: path ? undefined : Math.min(2_000, Math.max(50, 2 * stage)),
    stageLimit,
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
    carried: [...provisioner.carried, ...(side.carried ?? [])],
    async start() {
      await side.start();
      await provisioner.start();
    },
    async stop() {
      await provisioner.stop();
      await side.stop();
    },
  };
}
