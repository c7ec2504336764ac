/** The profile `full`: Kyma is installed, changed, rolled back and taken away; clusters sleep and wake. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GraphQLError } from '../../../src/client/errors.ts';
import { createMetrics } from '../../../src/gateway/metrics.ts';
import { provisionerMetrics } from '../../../src/local/metrics.ts';
import { provisionedRuntimes } from '../../../src/provisioner/records.ts';
import { ruleOf } from '../../../src/provisioner/providers/faults.ts';
import type { Registry } from '../../../src/registry/contract.ts';
import { standIn } from './stand-in-director.ts';
import { type Answer, OPERATION, type OperationSeen, TENANT, worldOf, type World } from './support.ts';

let world: World;
let director: ReturnType<typeof standIn>;
afterEach(() => world?.provisioner.stop());

function fullWorld(more: Parameters<typeof worldOf>[0] = {}): World {
  director = standIn();
  return (world = worldOf({ profile: 'full', stage: 10, director: () => director.client, ...more }));
}

const AGENT = { component: 'compass-runtime-agent', namespace: 'compass-system' };
const KYMA = {
  version: '1.24',
  profile: 'Production',
  components: [
    {
      component: 'istio',
      namespace: 'istio-system',
      sourceURL: 'https://charts.example.com/istio.tgz',
      conflictStrategy: 'Replace',
      configuration: [
        { key: 'size', value: '3' },
        { key: 'password', value: 'p', secret: true },
      ],
    },
    AGENT,
  ],
  configuration: [{ key: 'domain', value: 'example.com' }],
  conflictStrategy: 'Merge',
};
/** As it is read. */
const SEEN = {
  version: '1.24',
  profile: 'Production',
  components: [
    {
      component: 'istio',
      namespace: 'istio-system',
      sourceURL: 'https://charts.example.com/istio.tgz',
      configuration: [
        { key: 'size', value: '3', secret: false },
        { key: 'password', value: 'p', secret: true },
      ],
    },
    { ...AGENT, sourceURL: null, configuration: [] },
  ],
  configuration: [{ key: 'domain', value: 'example.com', secret: false }],
};
const NEWER = { version: '1.25', components: [AGENT] };
const NEWER_SEEN = { version: '1.25', profile: null, components: [SEEN.components[1]], configuration: [] };

interface Status {
  readonly lastOperationStatus: OperationSeen;
  readonly runtimeConnectionStatus: { readonly status: string };
  readonly runtimeConfiguration: { readonly kubeconfig: string | null; readonly kymaConfig: object | null };
  readonly hibernationStatus: { readonly hibernated: boolean; readonly hibernationPossible: boolean } | null;
}
const ENTRY = 'configuration { key value secret }';
const STATUS = `lastOperationStatus { ${OPERATION} } runtimeConnectionStatus { status } hibernationStatus { hibernated hibernationPossible }
  runtimeConfiguration { kubeconfig kymaConfig { version profile components { component namespace sourceURL ${ENTRY} } ${ENTRY} } }`;

type Begun = Answer<{ result: OperationSeen | null }>;
const status = async (id: string): Promise<Status> =>
  (await world.ask<{ result: Status }>(`{ result: runtimeStatus(id: "${id}") { ${STATUS} } }`)).data!.result;
const upgradeKyma = (id: string, kymaConfig: object, tenant = TENANT): Promise<Begun> =>
  world.ask(
    `mutation($id: String!, $config: UpgradeRuntimeInput!) { result: upgradeRuntime(id: $id, config: $config) { ${OPERATION} } }`,
    { id, config: { kymaConfig } },
    { tenant },
  );
const hibernate = (id: string): Promise<Begun> => world.ask(`mutation { result: hibernateRuntime(id: "${id}") { ${OPERATION} } }`);
const rollBack = (id: string): Promise<Answer<{ result: Status | null }>> =>
  world.ask(`mutation { result: rollBackUpgradeOperation(id: "${id}") { ${STATUS} } }`);
const wake = async (id: string) => {
  const request = { method: 'POST', path: `/v1/runtimes/${id}/wake`, query: '', headers: { tenant: TENANT }, body: '' };
  return (await world.provisioner.details(request))!.status;
};

interface Way {
  readonly operation: string;
  readonly stages: readonly string[];
  readonly events: readonly { readonly message: string }[];
}
/** What an operation went through: its stages, and its messages. */
async function wayOf(id: string): Promise<Way> {
  const request = { method: 'GET', path: `/v1/operations/${id}`, query: '', headers: { tenant: TENANT }, body: '' };
  return JSON.parse((await world.provisioner.details(request))!.body) as Way;
}
const messagesOf = async (id: string) => (await wayOf(id)).events.map(({ message }) => message);

/** A runtime when its provisioning is over. */
async function provisioned(name = 'c', more: Parameters<World['provision']>[1] = { kymaConfig: KYMA }): Promise<OperationSeen> {
  const { data, errors } = await world.provision(name, more);
  expect(errors).toBeUndefined();
  return world.ended(data!.result!.id);
}
async function over(begun: Begun): Promise<OperationSeen> {
  expect(begun.errors).toBeUndefined();
  return world.ended(begun.data!.result!.id);
}
const removed = async (id: string) => {
  const { data, errors } = await world.deprovision(id);
  expect(errors).toBeUndefined();
  return world.ended(data!.result!);
};

describe('a provisioning', () => {
  it('with Kyma installs it, connects its agent and tells the Director', async () => {
    fullWorld();
    const { data } = await world.provision('c', { kymaConfig: KYMA });
    expect(data!.result).toMatchObject({ operation: 'Provision', state: 'InProgress', message: 'Provisioning started' });
    const { id, runtimeID, state } = await world.ended(data!.result!.id);
    expect(state).toBe('Succeeded');
    const { stages } = await wayOf(id);
    expect(stages).toEqual([
      'WaitingForClusterDomain',
      'WaitingForClusterCreation',
      'CreatingBindingsForOperators',
      'StartingInstallation',
      'WaitingForInstallation',
      'ConnectRuntimeAgent',
      'WaitForAgentToConnect',
    ]);
    const messages = await messagesOf(id);
    expect(messages).toEqual(expect.arrayContaining(stages.slice(1).map((stage) => `Operation in progress. Stage ${stage}`)));
    expect(messages).toContain('Installation completed: Kyma 1.24 with 2 components');
    expect(director.conditions.get(runtimeID)).toBe('CONNECTED');
    expect(director.runtimes.get(runtimeID)).toMatchObject({ gardenerClusterName: 'c' });
    expect(await status(runtimeID)).toMatchObject({
      runtimeConnectionStatus: { status: 'Connected' },
      hibernationStatus: { hibernated: false, hibernationPossible: true },
      runtimeConfiguration: { kymaConfig: SEEN },
    });
  });

  it('without Kyma is called otherwise and ends with the token', async () => {
    fullWorld();
    const { operation, id, runtimeID } = await provisioned('c', {});
    expect(operation).toBe('ProvisionNoInstall');
    expect((await wayOf(id)).stages.slice(-2)).toEqual(['CreatingBindingsForOperators', 'ConnectRuntimeAgent']);
    expect((await status(runtimeID)).runtimeConfiguration.kymaConfig).toBeNull();
    expect(director.conditions.get(runtimeID)).toBe('PROVISIONING');
    const gone = await removed(runtimeID);
    expect([gone.operation, (await wayOf(gone.id)).stages[0]]).toEqual(['DeprovisionNoInstall', 'DeprovisionCluster']);
  });

  it('tells how far the installation is, component by component', async () => {
    fullWorld();
    const { data } = await world.provision('c', { kymaConfig: KYMA, labels: { simulate: { stages: { install: '300ms' } } } });
    const { id } = data!.result!;
    await vi.waitFor(async () => expect((await world.operation(id)).message).toBe('Installation in progress: component istio (1 of 2)'));
    await world.ended(id);
    expect(await messagesOf(id)).toContain('Installation in progress: component compass-runtime-agent (2 of 2)');
  });

  it('keeps its kubeconfig from the moment the cluster is there, also after that is gone', async () => {
    fullWorld();
    const begun = await world.provision('c', { kymaConfig: KYMA, labels: { simulate: { stages: { create: '200ms' } } } });
    const { id, runtimeID } = begun.data!.result!;
    expect(await status(runtimeID)).toMatchObject({
      runtimeConfiguration: { kubeconfig: null },
      hibernationStatus: { hibernated: false, hibernationPossible: false },
    });
    await world.ended(id);
    const { kubeconfig } = (await status(runtimeID)).runtimeConfiguration;
    expect(kubeconfig).toContain('current-context: "c"');
    await removed(runtimeID);
    expect(await status(runtimeID)).toMatchObject({
      runtimeConfiguration: { kubeconfig },
      hibernationStatus: { hibernated: false, hibernationPossible: false },
    });
  });

  it('refuses a Kyma without the agent, before anything is registered', async () => {
    fullWorld();
    const context = 'Kyma config validation error while starting Runtime provisioning, error:';
    const refusal = async (components: object[]) =>
      (await world.provision('c', { kymaConfig: { version: '1', components } })).errors?.[0]?.message;
    expect(await refusal([])).toBe(`${context} Kyma components list is empty`);
    expect(await refusal([{ component: 'istio', namespace: 'n' }])).toBe(
      `${context} Kyma components list does not contain Compass Runtime Agent`,
    );
    expect(director.asked).toEqual([]);
  });
});

describe('an upgrade of Kyma', () => {
  it('replaces the configuration and can be rolled back, in what is kept', async () => {
    fullWorld();
    const { runtimeID: id } = await provisioned();
    const begun = await upgradeKyma(id, NEWER);
    expect(begun.data!.result).toMatchObject({ operation: 'Upgrade', state: 'InProgress', message: 'Starting Kyma upgrade' });
    expect((await rollBack(id)).errors?.[0]).toMatchObject({
      message: 'error: upgrade can be rolled back only if it is the last operation that is already finished',
      extensions: { error_code: 400 },
    });
    const ended = await over(begun);
    expect(ended.state).toBe('Succeeded');
    expect((await wayOf(ended.id)).stages).toEqual(['StartingUpgrade', 'WaitingForInstallation', 'UpdatingUpgradeState']);
    expect((await status(id)).runtimeConfiguration.kymaConfig).toEqual(NEWER_SEEN);
    const back = await rollBack(id);
    expect(back.data!.result).toMatchObject({
      lastOperationStatus: { id: ended.id, operation: 'Upgrade', state: 'Succeeded' },
      runtimeConfiguration: { kymaConfig: SEEN },
    });
    expect((await status(id)).runtimeConfiguration.kymaConfig).toEqual(SEEN);
  });

  it('that failed can be rolled back as well, and the Director hears of it', async () => {
    fullWorld({ faults: [ruleOf({ name: 'c', fault: 'kyma-upgrade-failed' })] });
    const { runtimeID: id } = await provisioned();
    expect(await over(await upgradeKyma(id, NEWER))).toMatchObject({ state: 'Failed', lastError: { component: 'kyma installer' } });
    await vi.waitFor(() => expect(director.conditions.get(id)).toBe('FAILED'));
    expect((await rollBack(id)).data!.result).toMatchObject({ runtimeConfiguration: { kymaConfig: SEEN } });
  });

  it('is not rolled back when something was done since', async () => {
    fullWorld();
    const { runtimeID: id } = await provisioned();
    await over(await upgradeKyma(id, NEWER));
    await over(await world.upgrade(id, { machineType: 'm6' }));
    expect((await rollBack(id)).errors).toMatchObject([{ extensions: { error_code: 400 } }]);
    expect((await status(id)).runtimeConfiguration.kymaConfig).toEqual(NEWER_SEEN);
  });

  it('is refused in this order: stranger, input, operation under way, no Kyma, no cluster', async () => {
    fullWorld();
    const without = await provisioned('c', {});
    const withKyma = await provisioned('d');
    const refusal = async (id: string, config: object, tenant?: string) => {
      const { message, extensions } = (await upgradeKyma(id, config, tenant)).errors![0]!;
      return [extensions.error_code, message];
    };
    const { runtimeID: id } = without;
    expect(await refusal(id, { ...NEWER, components: [] }, '')).toEqual([400, 'tenant header is empty']);
    expect(await refusal(id, { ...NEWER, components: [] }, 'stranger')).toEqual([2, `Cannot find Tenant for runtimeID:'${id}`]);
    expect(await refusal(id, { ...NEWER, components: [] })).toEqual([
      400,
      'validation error while starting Runtime upgrade, error: Kyma components list is empty',
    ]);
    const { data } = await world.upgrade(id, { machineType: 'm6' });
    expect(await refusal(id, NEWER)).toEqual([400, `cannot start new operation for ${id} Runtime while previous one is in progress`]);
    await world.ended(data!.result!.id);
    const unmanaged = `failed to upgrade cluster: ${id} Kyma configuration of the cluster is managed by Reconciler`;
    expect(await refusal(id, NEWER)).toEqual([500, unmanaged]);
    await removed(withKyma.runtimeID);
    expect(await refusal(withKyma.runtimeID, NEWER)).toEqual([
      500,
      `Failed to get shoot, failed to find shoot for Runtime ${withKyma.runtimeID}`,
    ]);
  });

  it('of an installation that went wrong mends it', async () => {
    fullWorld({ faults: [ruleOf({ name: 'c', fault: 'install-failed' })] });
    const { runtimeID: id, state } = await provisioned();
    expect(state).toBe('Failed');
    expect((await over(await upgradeKyma(id, NEWER))).state).toBe('Succeeded');
  });

  it('finds nothing to change where the installation never began', async () => {
    fullWorld({ faults: [ruleOf({ name: 'c', fault: 'quota' })] });
    const { runtimeID: id } = await provisioned();
    expect(await over(await upgradeKyma(id, NEWER))).toMatchObject({
      state: 'Failed',
      message: 'error: Installation CR not found in the cluster, cannot trigger upgrade',
    });
  });
});

describe('a cluster', () => {
  it('is put to sleep and woken, and its agent with it', async () => {
    fullWorld();
    const { runtimeID: id } = await provisioned();
    const begun = await hibernate(id);
    expect(begun.data!.result).toMatchObject({ operation: 'Hibernate', state: 'InProgress', message: 'Starting ' });
    expect((await hibernate(id)).errors).toMatchObject([{ extensions: { error_code: 400 } }]);
    expect(await wake(id)).toBe(400);
    const ended = await over(begun);
    expect([ended.state, (await wayOf(ended.id)).stages]).toEqual(['Succeeded', ['WaitForHibernation']]);
    expect(await status(id)).toMatchObject({
      hibernationStatus: { hibernated: true, hibernationPossible: true },
      runtimeConnectionStatus: { status: 'Pending' },
    });
    // One that sleeps already ends at once, and gets no token.
    expect((await over(await hibernate(id))).state).toBe('Succeeded');
    director.asked.length = 0;
    expect((await world.ask(`mutation { reconnectRuntimeAgent(id: "${id}") }`)).data).toEqual({ reconnectRuntimeAgent: '' });
    expect(director.asked).toEqual([]);
    expect(await over(await upgradeKyma(id, NEWER))).toMatchObject({
      state: 'Failed',
      message: 'error: failed to check installation CR state: the cluster is hibernated',
    });
    expect(await wake(id)).toBe(200);
    await vi.waitFor(async () =>
      expect(await status(id)).toMatchObject({
        hibernationStatus: { hibernated: false },
        runtimeConnectionStatus: { status: 'Connected' },
      }),
    );
    expect(await wake(id)).toBe(200);
  });

  it('sleeps on where its agent gets no token, and can be woken later', async () => {
    fullWorld();
    const { runtimeID: id } = await provisioned();
    await over(await hibernate(id));
    director.trouble.during = (asked) => {
      if (asked === 'ProvisionerToken') throw new GraphQLError(200, [{ message: 'no', extensions: { error_code: 10 } }], null);
    };
    expect(await wake(id)).toBe(500);
    expect(await status(id)).toMatchObject({ hibernationStatus: { hibernated: true } });
    director.trouble.during = undefined;
    expect(await wake(id)).toBe(200);
    expect(await status(id)).toMatchObject({ hibernationStatus: { hibernated: false } });
  });

  it('that can not sleep says why, and nothing is begun', async () => {
    fullWorld();
    const { runtimeID: id } = await provisioned('c', { kymaConfig: KYMA, labels: { simulate: 'hibernation-refused' } });
    expect((await hibernate(id)).errors).toMatchObject([
      {
        message: 'Failed to hibernate Cluster: cannot hibernate cluster: something in the cluster keeps it awake',
        extensions: { error_code: 500, error_reason: 'err_provisioner_internal', error_component: 'provisioner' },
      },
    ]);
    expect(await status(id)).toMatchObject({
      lastOperationStatus: { operation: 'Provision' },
      hibernationStatus: { hibernated: false, hibernationPossible: false },
    });
    await removed(id);
    expect((await hibernate(id)).errors?.[0]?.message).toBe(
      `Failed to hibernate Cluster: error getting Shoot for cluster ID ${id} and name c, shoots.core.gardener.cloud "c" not found`,
    );
  });

  it('that sleeps goes without its Kyma being spoken to', async () => {
    const uninstalled: string[] = [];
    const { options } = fullWorld().provisioner;
    const registry: Registry = world.registry;
    await world.provisioner.stop();
    fullWorld({
      registry,
      provider: { ...options.provider, uninstallKyma: async (id) => void uninstalled.push(id) },
    });
    const [awake, asleep] = [await provisioned('a'), await provisioned('b')];
    await over(await hibernate(asleep.runtimeID));
    for (const { runtimeID } of [awake, asleep]) {
      const { id, operation, state } = await removed(runtimeID);
      expect([operation, state]).toEqual(['Deprovision', 'Succeeded']);
      expect((await wayOf(id)).stages).toEqual(['CleanupCluster', 'TriggerKymaUninstall', 'DeprovisionCluster', 'WaitForClusterDeletion']);
    }
    expect(uninstalled).toEqual([awake.runtimeID]);
    expect([...director.runtimes.keys()]).toEqual([]);
  });
});

describe('a removal of a runtime with Kyma', () => {
  it('that is gone already begins where an earlier one ended', async () => {
    fullWorld();
    const { runtimeID: id } = await provisioned();
    await removed(id);
    const again = await removed(id);
    expect(again).toMatchObject({ operation: 'Deprovision', state: 'Succeeded' });
    expect((await messagesOf(again.id))[0]).toBe(`Cluster ${id} already deleted. Proceeding to DeprovisionCluster stage.`);
  });

  it('whose cluster never came to be has nothing to clean up', async () => {
    fullWorld({ faults: [ruleOf({ name: 'c', fault: 'quota' })] });
    const { runtimeID: id, state } = await provisioned();
    expect(state).toBe('Failed');
    expect(await removed(id)).toMatchObject({ operation: 'Deprovision', state: 'Succeeded' });
  });
});

it.each(['Provision', 'Upgrade', 'Hibernate'])('an operation %s goes on where another process left it', async (kind) => {
  fullWorld();
  const slow = { simulate: { stages: { [kind === 'Hibernate' ? 'hibernate' : 'install']: '250ms' } } };
  const begin = await world.provision('c', { kymaConfig: KYMA, labels: slow });
  const { runtimeID } = begin.data!.result!;
  let { id } = begin.data!.result!;
  if (kind !== 'Provision') {
    await world.ended(id);
    ({ id } = (await (kind === 'Upgrade' ? upgradeKyma(runtimeID, NEWER) : hibernate(runtimeID))).data!.result!);
  }
  const middle = kind === 'Hibernate' ? 'Starting ' : 'Installation in progress: ';
  await vi.waitFor(async () => expect((await world.operation(id)).message).toContain(middle));
  const { registry } = world;
  await world.provisioner.stop();
  const stoppedAt = await messagesOf(id);
  const { client, ...seen } = director;
  world = worldOf({ registry, profile: 'full', stage: 10, director: () => client });
  await world.provisioner.start();
  expect(await world.ended(id)).toMatchObject({ operation: kind, state: 'Succeeded' });
  const messages = await messagesOf(id);
  expect(messages.slice(0, stoppedAt.length)).toEqual(stoppedAt);
  expect(new Set(messages).size).toBe(messages.length);
  expect(seen.runtimes.size).toBe(1);
});

it.each([
  ['agent', 'full'],
  ['full', 'agent'],
] as const)('a provisioning that began with the profile %s ends as it began, with the plane in %s', async (before, after) => {
  fullWorld({ profile: before });
  const { data } = await world.provision('c', { kymaConfig: KYMA, labels: { simulate: { stages: { create: '200ms' } } } });
  const { id } = data!.result!;
  const { stages } = await wayOf(id);
  const { registry } = world;
  await world.provisioner.stop();
  const { client } = director;
  world = worldOf({ registry, profile: after, stage: 10, director: () => client });
  await world.provisioner.start();
  expect(await world.ended(id)).toMatchObject({ state: 'Succeeded' });
  expect((await wayOf(id)).stages).toEqual(stages);
  expect(stages.includes('StartingInstallation')).toBe(before === 'full');
});

it('counts what is under way, by the names of the reference', async () => {
  fullWorld();
  const metrics = createMetrics();
  provisionerMetrics(metrics, world.provisioner);
  const counted = () =>
    Object.fromEntries(
      [...metrics.text().matchAll(/^kcp_provisioner_in_progress_(\w+)_operations_total (\d+)$/gm)].map(([, k, n]) => [k, Number(n)]),
    );
  const none = { provision: 0, provision_no_install: 0, deprovision: 0, deprovision_no_install: 0, upgrade: 0 };
  expect(counted()).toEqual(none);
  const slow = { simulate: { stages: { create: '150ms' } } };
  const begun = await Promise.all([
    world.provision('a', { kymaConfig: KYMA, labels: slow }),
    world.provision('b', { kymaConfig: KYMA, labels: slow }),
    world.provision('c', { labels: slow }),
  ]);
  await vi.waitFor(() => expect(counted()).toEqual({ ...none, provision: 2, provision_no_install: 1 }));
  for (const { data } of begun) await world.ended(data!.result!.id);
  await vi.waitFor(() => expect(counted()).toEqual(none));
});

it('secrets of Kyma and the kubeconfig are sealed where they are kept', () => {
  expect(provisionedRuntimes.sealed).toEqual(['kyma', 'kubeconfig']);
});

describe.each(['agent', 'current'] as const)('the profile %s', (profile) => {
  it('checks a Kyma and forgets it, and has nobody who hibernates', async () => {
    fullWorld({ profile });
    const { operation, runtimeID: id } = await provisioned();
    expect(operation).toBe('Provision');
    expect(await status(id)).toMatchObject({ runtimeConfiguration: { kymaConfig: null }, hibernationStatus: null });
    expect(await hibernate(id)).toEqual({ status: 200, data: { result: null } });
    for (const { errors } of [await upgradeKyma(id, NEWER), await upgradeKyma('x', { ...NEWER, components: [] })])
      expect(errors?.[0]).toMatchObject({
        message: expect.stringMatching(
          /^input: result failed to upgrade cluster: \S+ Kyma configuration of the cluster is managed/,
        ) as string,
        extensions: { error_code: 500 },
      });
    expect((await rollBack(id)).errors?.[0]?.message).toContain('managed by Reconciler');
    expect((await removed(id)).operation).toBe('DeprovisionNoInstall');
  });
});
