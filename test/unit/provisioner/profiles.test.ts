/** Planes that were started again with another profile: what was made under the former one is told, and goes on, as it was made. */
import { afterEach, expect, it } from 'vitest';
import type { ProfileName } from '../../../src/provisioner/profiles.ts';
import { standIn } from './stand-in-director.ts';
import { type OperationSeen, TENANT, worldOf, type World } from './support.ts';

const KYMA = { version: '1.24', components: [{ component: 'compass-runtime-agent', namespace: 'compass-system' }] };

let world: World;
afterEach(() => world.provisioner.stop());

const { client } = standIn();
const director = () => client;
const begin = (profile: ProfileName) => (world = worldOf({ profile, stage: 10, director }));
async function startAgain(profile: ProfileName): Promise<void> {
  await world.provisioner.stop();
  world = worldOf({ registry: world.registry, profile, stage: 10, director });
  await world.provisioner.start();
}

async function provisioned(more: Parameters<World['provision']>[1] = {}): Promise<OperationSeen> {
  const { data } = await world.provision('c', more);
  return world.ended(data!.result!.id);
}
interface Status {
  readonly lastOperationStatus: { readonly compassRuntimeID: string | null };
  readonly runtimeConfiguration: { readonly kubeconfig: string | null };
}
const statusOf = async (id: string) =>
  (
    await world.ask<{ status: Status }>(
      `{ status: runtimeStatus(id: "${id}") { lastOperationStatus { compassRuntimeID } runtimeConfiguration { kubeconfig } } }`,
    )
  ).data!.status;
const idsIn = async (id: string) => {
  const seen = (await statusOf(id)).lastOperationStatus.compassRuntimeID;
  const request = { method: 'GET', path: `/v1/runtimes/${id}`, query: '', headers: { tenant: TENANT }, body: '' };
  const { lastOperation } = JSON.parse((await world.provisioner.details(request))!.body) as {
    lastOperation: { compassRuntimeID: string | null };
  };
  return [seen, lastOperation.compassRuntimeID];
};

it('the id in the Director is told of runtimes that the Director knows', async () => {
  begin('current');
  const { runtimeID: id } = await provisioned();
  await startAgain('agent');
  expect(await idsIn(id)).toEqual([null, null]);
  const removed = await world.deprovision(id);
  expect(await world.ended(removed.data!.result!)).toMatchObject({ state: 'Succeeded' });
  const { runtimeID: known } = await provisioned();
  expect(await idsIn(known)).toEqual([known, known]);
  await startAgain('current');
  expect(await idsIn(known)).toEqual([null, null]);
});

it('a runtime whose kubeconfig was not kept has a fresh one, as long as its cluster is there', async () => {
  begin('agent');
  const { runtimeID: id } = await provisioned();
  await startAgain('full');
  expect((await statusOf(id)).runtimeConfiguration.kubeconfig).toContain('kind: Config');
  const removed = await world.deprovision(id);
  await world.ended(removed.data!.result!);
  expect((await statusOf(id)).runtimeConfiguration.kubeconfig).toBeNull();
});

it('an order of the profile full keeps its kubeconfig, whoever carries it out', async () => {
  begin('full');
  const { data } = await world.provision('c', { kymaConfig: KYMA, labels: { simulate: { stages: { create: '150ms' } } } });
  const { id, runtimeID } = data!.result!;
  await startAgain('agent');
  expect(await world.ended(id)).toMatchObject({ state: 'Succeeded' });
  await startAgain('full');
  const kept = (await statusOf(runtimeID)).runtimeConfiguration.kubeconfig;
  expect(kept).toContain('kind: Config');
  expect((await statusOf(runtimeID)).runtimeConfiguration.kubeconfig).toBe(kept);
});

it('a runtime that was put to sleep is told to sleep where the profile knows nothing of sleep', async () => {
  begin('full');
  const { runtimeID: id } = await provisioned();
  const asleep = async () => {
    const request = { method: 'GET', path: `/v1/runtimes/${id}`, query: '', headers: { tenant: TENANT }, body: '' };
    return (JSON.parse((await world.provisioner.details(request))!.body) as { asleep: boolean }).asleep;
  };
  expect(await asleep()).toBe(false);
  const { data } = await world.ask<{ result: OperationSeen }>(`mutation { result: hibernateRuntime(id: "${id}") { id } }`);
  await world.ended(data!.result.id);
  await startAgain('agent');
  expect(await asleep()).toBe(true);
});
