/** A Provisioner on a Registry in memory, asked as the Gateway asks it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProvisionerOptions } from '../../../src/provisioner/call.ts';
import { createProvisioner, type Provisioner } from '../../../src/provisioner/provisioner.ts';
import { evenly, type Rule } from '../../../src/provisioner/providers/faults.ts';
import { simulatedProvider } from '../../../src/provisioner/providers/simulated.ts';
import type { Registry } from '../../../src/registry/contract.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';

export const TENANT = '3e64ebae-38b5-46a0-b1ed-9ccee153a0ae';

export interface OperationSeen {
  readonly id: string;
  readonly runtimeID: string;
  readonly operation: string;
  readonly state: string;
  readonly message: string;
  readonly lastError: { readonly errMessage: string; readonly reason: string; readonly component: string };
}

export interface Fault {
  readonly message: string;
  readonly path?: readonly string[];
  readonly extensions: { readonly error_code: number; readonly error_reason: string; readonly error_component: string };
}

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly data: T | null;
  readonly errors?: readonly Fault[];
}

export const OPERATION = 'id runtimeID operation state message lastError { errMessage reason component }';

/** The least that a cluster is ordered with. */
export const gardenerConfig = (name: string, more: object = {}) => ({
  name,
  kubernetesVersion: '1.28.7',
  provider: 'gcp',
  targetSecret: 'secret',
  region: 'europe-west3',
  machineType: 'n2-standard-4',
  workerCidr: '10.250.0.0/16',
  autoScalerMin: 1,
  autoScalerMax: 2,
  maxSurge: 1,
  maxUnavailable: 0,
  providerSpecificConfig: { gcpConfig: { zones: ['europe-west3-a'] } },
  ...more,
});

export interface World {
  readonly provisioner: Provisioner;
  readonly registry: Registry;
  ask<T = Record<string, unknown>>(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer<T>>;
  provision(
    name: string,
    more?: { labels?: unknown; config?: object; tenant?: string; kymaConfig?: object },
  ): Promise<Answer<{ result: OperationSeen | null }>>;
  upgrade(id: string, config: object): Promise<Answer<{ result: OperationSeen | null }>>;
  deprovision(id: string): Promise<Answer<{ result: string | null }>>;
  operation(id: string): Promise<OperationSeen>;
  /** The operation when it is over. */
  ended(id: string): Promise<OperationSeen>;
}

export function worldOf(more: Partial<ProvisionerOptions> & { stage?: number; faults?: readonly Rule[] } = {}): World {
  const { stage = 20, faults = [], registry = openMemoryRegistry(), ...options } = more;
  const provisioner = createProvisioner({
    registry,
    profile: 'current',
    provider: simulatedProvider({ registry, schedule: evenly(stage), faults, serverURL: (name) => `http://127.0.0.1/${name}` }),
    director: () => {
      throw new Error('not asked in this profile');
    },
    pollInterval: 10,
    retryPause: 10,
    ...options,
  });
  const ask: World['ask'] = async (query, variables = {}, headers = { tenant: TENANT }) => {
    const { status, body } = await provisioner.graphql({
      method: 'POST',
      path: '/graphql',
      query: '',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { status, ...(JSON.parse(body) as object) } as never;
  };
  const operation = async (id: string) => {
    const { data } = await ask<{ result: OperationSeen }>(
      `query($id: String!) { result: runtimeOperationStatus(id: $id) { ${OPERATION} } }`,
      {
        id,
      },
    );
    return data!.result;
  };
  return {
    provisioner,
    registry,
    ask,
    provision: (name, { labels, config = {}, tenant = TENANT, kymaConfig } = {}) =>
      ask(
        `mutation($config: ProvisionRuntimeInput!) { result: provisionRuntime(config: $config) { ${OPERATION} } }`,
        { config: { runtimeInput: { name, labels }, clusterConfig: { gardenerConfig: gardenerConfig(name, config) }, kymaConfig } },
        { tenant },
      ),
    upgrade: (id, config) =>
      ask(`mutation($id: String!, $config: UpgradeShootInput!) { result: upgradeShoot(id: $id, config: $config) { ${OPERATION} } }`, {
        id,
        config: { gardenerConfig: config },
      }),
    deprovision: (id) => ask('mutation($id: String!) { result: deprovisionRuntime(id: $id) }', { id }),
    operation,
    async ended(id) {
      for (const deadline = Date.now() + 10_000; ; await sleep(5)) {
        const seen = await operation(id);
        if (seen.state !== 'InProgress' || Date.now() > deadline) return seen;
      }
    },
  };
}
