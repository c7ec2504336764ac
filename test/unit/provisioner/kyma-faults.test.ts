/** Faults of Kyma, of its agent and of hibernation: what is wished to go wrong does, and nothing else. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FAULTS, type FaultName } from '../../../src/provisioner/providers/faults.ts';
import { standIn } from './stand-in-director.ts';
import { type Answer, OPERATION, type OperationSeen, worldOf, type World } from './support.ts';

let world: World;
afterEach(() => world?.provisioner.stop());

const fullWorld = (more: Parameters<typeof worldOf>[0] = {}) => {
  const { client } = standIn();
  world = worldOf({ profile: 'full', stage: 20, director: () => client, ...more });
};

const COMPONENTS = [
  { component: 'istio', namespace: 'istio-system' },
  { component: 'compass-runtime-agent', namespace: 'compass-system' },
];
const KYMA = { version: '1.24', components: COMPONENTS };

type Begun = Answer<{ result: OperationSeen | null }>;
const upgradeKyma = (id: string): Promise<Begun> =>
  world.ask(`mutation($id: String!, $config: UpgradeRuntimeInput!) { result: upgradeRuntime(id: $id, config: $config) { ${OPERATION} } }`, {
    id,
    config: { kymaConfig: KYMA },
  });
const hibernate = (id: string): Promise<Begun> => world.ask(`mutation { result: hibernateRuntime(id: "${id}") { ${OPERATION} } }`);

/** How each operation ends: its state, with the reason of its last error. */
const MODEL: Readonly<Record<string, { provision?: string; upgrade?: string; hibernate?: string }>> = {
  'install-error': {},
  'install-failed': { provision: 'Failed compass-runtime-agent' },
  // What still tries to install is not begun again.
  'install-timeout': { provision: 'Failed err_provisioner_timeout', upgrade: 'Failed err_provisioner_timeout' },
  'kyma-upgrade-error': {},
  'kyma-upgrade-failed': { upgrade: 'Failed compass-runtime-agent' },
  'kyma-upgrade-timeout': { upgrade: 'Failed err_provisioner_timeout' },
  'agent-timeout': { provision: 'Failed err_provisioner_timeout' },
  'hibernation-refused': { hibernate: 'refused err_provisioner_internal' },
  'hibernation-failed': { hibernate: 'Failed err_provisioner_internal' },
  'hibernation-timeout': { hibernate: 'Failed err_provisioner_timeout' },
};

const outcome = async ({ data, errors }: Begun): Promise<string> => {
  if (errors) return `refused ${errors[0]!.extensions.error_reason}`;
  const { state, lastError } = await world.ended(data!.result!.id);
  return `${state} ${lastError.reason}`.trim();
};

it('runtimes with Kyma end as a model predicts, fault by fault', async () => {
  fullWorld();
  const kinds = ['none', ...Object.keys(MODEL)];
  const seen = await Promise.all(
    kinds.map(async (kind) => {
      const labels = kind === 'none' ? {} : { simulate: kind };
      const begun = await world.provision(`c-${kind}`, { kymaConfig: KYMA, labels });
      const id = begun.data!.result!.runtimeID;
      const provision = await outcome(begun);
      const upgrade = await outcome(await upgradeKyma(id));
      const slept = await outcome(await hibernate(id));
      return [
        kind,
        { provision, upgrade, hibernate: slept, remove: (await world.ended((await world.deprovision(id)).data!.result!)).state },
      ];
    }),
  );
  const fine = 'Succeeded';
  const predicted = kinds.map((kind) => [kind, { provision: fine, upgrade: fine, hibernate: fine, remove: fine, ...MODEL[kind] }]);
  expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(predicted));
});

it('every fault of these has its line in the model', () => {
  const those = (Object.keys(FAULTS) as FaultName[]).filter((name) => /^(?:install|kyma-upgrade|agent|hibernation)-/.test(name));
  expect(Object.keys(MODEL).sort()).toEqual(those.sort());
});

describe('an installation that goes wrong', () => {
  const NONE = { errMessage: '', reason: '', component: '' };

  it('for a while says so in its message alone, and goes on', async () => {
    fullWorld();
    const labels = { simulate: { fault: 'install-error', lasts: '200ms', description: 'istio does not start' } };
    const { data } = await world.provision('c', { kymaConfig: KYMA, labels });
    const { id } = data!.result!;
    await vi.waitFor(async () =>
      expect(await world.operation(id)).toMatchObject({
        state: 'InProgress',
        message: 'Installation error occurred: istio does not start',
        lastError: NONE,
      }),
    );
    expect(await world.ended(id)).toMatchObject({ state: 'Succeeded', lastError: NONE });
  });

  it('for good ends in the installer’s words', async () => {
    fullWorld();
    const { data } = await world.provision('c', { kymaConfig: KYMA, labels: { simulate: 'install-failed' } });
    const message = 'a component could not be installed';
    expect(await world.ended(data!.result!.id)).toMatchObject({
      state: 'Failed',
      message,
      lastError: { errMessage: message, reason: 'compass-runtime-agent', component: 'kyma installer' },
    });
  });
});

it('a hibernation that fails tells what became of the cluster', async () => {
  fullWorld();
  const { data } = await world.provision('c', { kymaConfig: KYMA, labels: { simulate: 'hibernation-failed' } });
  const { runtimeID } = await world.ended(data!.result!.id);
  const message = 'Cluster hibernation failed. Last Shoot state: Failed, Shoot description: the machines could not be stopped';
  const begun = await hibernate(runtimeID);
  expect(await world.ended(begun.data!.result!.id)).toMatchObject({ state: 'Failed', message, lastError: { component: 'provisioner' } });
});
