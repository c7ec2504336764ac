/** Simulated clusters: what is wished to go wrong does, and nothing else. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ruleFor, ruleOf, wishOf, type FaultName } from '../../../src/provisioner/providers/faults.ts';
import { worldOf, type OperationSeen, type World } from './support.ts';

let world: World;
afterEach(() => world?.provisioner.stop());

const NONE = { errMessage: '', reason: '', component: '' };

/** What an operation must end as, by the fault that was wished for its cluster alone. */
interface Predicted {
  readonly state: 'Succeeded' | 'Failed' | 'refused';
  readonly reason: string;
}
const fine: Predicted = { state: 'Succeeded', reason: '' };
const failing = (reason: string): Predicted => ({ state: 'Failed', reason });
const refused = (reason: string): Predicted => ({ state: 'refused', reason });
const TIMEOUT = failing('err_provisioner_timeout');

/** Those of Kyma, of its agent and of hibernation strike in the profile `full` alone: kyma-faults.test.ts. */
type OfClusters = Exclude<FaultName, `${'install' | 'kyma-upgrade' | 'agent' | 'hibernation'}-${string}`>;

const MODEL: Readonly<Record<OfClusters | 'none', { provision?: Predicted; upgrade?: Predicted; remove?: Predicted }>> = {
  none: {},
  forbidden: { provision: refused('Forbidden') },
  invalid: { provision: refused('Invalid') },
  unavailable: { provision: refused('ServiceUnavailable') },
  quota: { provision: failing('ERR_INFRA_QUOTA_EXCEEDED, ERR_INFRA_DEPENDENCIES') },
  unauthorized: { provision: failing('ERR_INFRA_UNAUTHORIZED') },
  dependencies: { provision: failing('ERR_INFRA_DEPENDENCIES') },
  configuration: { provision: failing('ERR_CONFIGURATION_PROBLEM') },
  'rate-limit': {},
  reconcile: {},
  timeout: { provision: TIMEOUT },
  'upgrade-refused': { upgrade: refused('err_provisioner_internal') },
  'upgrade-failed': { upgrade: failing('err_provisioner_internal') },
  'upgrade-timeout': { upgrade: TIMEOUT },
  'removal-refused': { remove: refused('Forbidden') },
  'removal-forbidden': {},
  'removal-timeout': { remove: TIMEOUT },
};

it('a hundred runtimes at once end as a model predicts', { timeout: 30_000 }, async () => {
  world = worldOf({ stage: 30 });
  const kinds = Object.keys(MODEL) as (keyof typeof MODEL)[];
  const outcome = async (
    begun: { errors?: readonly { extensions: { error_reason: string } }[] },
    id: string | undefined,
  ): Promise<Predicted> => {
    if (begun.errors) return refused(begun.errors[0]!.extensions.error_reason);
    const { state, lastError }: OperationSeen = await world.ended(id ?? '');
    return { state: state as 'Succeeded', reason: lastError.reason };
  };

  const seen = await Promise.all(
    Array.from({ length: 100 }, async (_, number) => {
      const kind = kinds[number % kinds.length]!;
      const begun = await world.provision(`c-${number}`, kind === 'none' ? {} : { labels: { simulate: kind } });
      const provision = await outcome(begun, begun.data?.result?.id);
      const id = begun.data?.result?.runtimeID;
      if (id === undefined || provision.state !== 'Succeeded') return { kind, provision };
      const changed = await world.upgrade(id, { machineType: 'm6' });
      const upgrade = await outcome(changed, changed.data?.result?.id);
      const removed = await world.deprovision(id);
      return { kind, provision, upgrade, remove: await outcome(removed, removed.data?.result ?? undefined) };
    }),
  );

  for (const { kind, ...operations } of seen) {
    const { provision = fine, upgrade = fine, remove = fine } = MODEL[kind];
    expect(operations, kind).toEqual(provision.state === 'Succeeded' ? { provision, upgrade, remove } : { provision });
  }
});

describe('a fault', () => {
  it('that passes is shown while it lasts, and forgotten afterwards', async () => {
    world = worldOf({ stage: 30 });
    const { data } = await world.provision('c', { labels: { simulate: { fault: 'rate-limit', lasts: '300ms' } } });
    const { id } = data!.result!;
    await vi.waitFor(async () => expect((await world.operation(id)).lastError.reason).not.toBe(''));
    const during = await world.operation(id);
    expect(during).toMatchObject({
      state: 'InProgress',
      lastError: {
        errMessage: 'error during cluster provisioning: rate limits exceeded',
        reason: 'ERR_INFRA_RATE_LIMITS_EXCEEDED',
        component: 'gardener',
      },
    });
    expect(await world.ended(id)).toMatchObject({ state: 'Succeeded', lastError: NONE });
  });

  it('for good is told with what Gardener says', async () => {
    world = worldOf({ faults: [ruleOf({ name: 'full-*', fault: 'quota', description: 'no more addresses' })] });
    const { data } = await world.provision('full-1');
    const message = 'cluster provisioning failed. Last Shoot state: Failed, Shoot description: no more addresses';
    expect(await world.ended(data!.result!.id)).toMatchObject({
      state: 'Failed',
      message,
      lastError: { errMessage: message, component: 'gardener' },
    });
    const other = await world.provision('empty-1');
    expect(await world.ended(other.data!.result!.id)).toMatchObject({ state: 'Succeeded' });
  });

  it('at the request itself stores nothing, so that the name stays free', async () => {
    world = worldOf();
    const { errors } = await world.provision('c', { labels: { simulate: 'forbidden' } });
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/^Failed to start provisioning, error creating Shoot for \S+ cluster: /) as string,
        extensions: { error_code: 403, error_reason: 'Forbidden', error_component: 'k8s client - gardener' },
      },
    ]);
    expect((await world.provision('c')).errors).toBeUndefined();
  });

  it('that keeps a cluster from becoming ready keeps a change of it from that, too, and no longer', async () => {
    world = worldOf();
    const { data } = await world.provision('c', { labels: { simulate: 'timeout' } });
    const { runtimeID } = await world.ended(data!.result!.id);
    const upgrade = await world.upgrade(runtimeID, { machineType: 'm6' });
    const timeout = { state: 'Failed', lastError: { reason: 'err_provisioner_timeout' } };
    expect(await world.ended(upgrade.data!.result!.id)).toMatchObject(timeout);
    // Nothing is under way any more that would keep it from being taken away.
    const removed = await world.deprovision(runtimeID);
    expect(await world.ended(removed.data!.result!)).toMatchObject({ state: 'Succeeded' });
  });

  it('of an upgrade refuses it with nothing changed', async () => {
    world = worldOf();
    const { data } = await world.provision('c', { labels: { simulate: 'upgrade-refused' } });
    const { id, runtimeID } = await world.ended(data!.result!.id);
    expect((await world.upgrade(runtimeID, { machineType: 'm6' })).errors).toMatchObject([
      {
        message: expect.stringMatching(/^Failed to upgrade Cluster: error executing update shoot configuration, /) as string,
        extensions: { error_code: 500, error_reason: 'err_provisioner_internal', error_component: 'provisioner' },
      },
    ]);
    const status = await world.ask<{ runtimeStatus: { runtimeConfiguration: { clusterConfig: { machineType: string } } } }>(
      `{ runtimeStatus(id: "${runtimeID}") { lastOperationStatus { id } runtimeConfiguration { clusterConfig { machineType } } } }`,
    );
    expect(status.data).toMatchObject({
      runtimeStatus: { lastOperationStatus: { id }, runtimeConfiguration: { clusterConfig: { machineType: 'n2-standard-4' } } },
    });
  });

  it('that nobody knows is refused', async () => {
    world = worldOf();
    expect((await world.provision('c', { labels: { simulate: 'earthquake' } })).errors?.[0]?.message).toContain(
      'the fault "earthquake" is not known (known: forbidden,',
    );
  });
});

describe('a wish', () => {
  it('is read as it is written, and its mistakes are named', () => {
    expect(wishOf({ fault: 'quota', stages: { create: '2s' }, lasts: 50 })).toEqual({
      fault: 'quota',
      stages: { create: 2_000 },
      lasts: 50,
    });
    expect(() => wishOf({ stages: { creation: '1s' } })).toThrow('the stage "creation" is not known (known: domain, create,');
    expect(() => wishOf({ stages: { create: 'soon' } })).toThrow('the time of create is no time: "soon"');
    expect(() => wishOf({ when: 'now' })).toThrow('"when" is not known');
    expect(() => ruleOf({ name: 5 })).toThrow('name must be a text');
  });

  it('counts where it fits', () => {
    const rules = [ruleOf({ name: 'a.*-x', fault: 'quota' }), ruleOf({ region: 'r', fault: 'timeout' })];
    const of = (name: string, region: string) => ruleFor(rules, { name, region, targetSecret: 's' })?.fault;
    expect([of('a.b-x', 'q'), of('acb-x', 'q'), of('acb-x', 'r')]).toEqual(['quota', undefined, 'timeout']);
  });
});
