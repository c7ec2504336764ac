/** From the order of a runtime to an agent that has paired and reported. */
import { setTimeout } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { type Served, serve, temporaryFolder } from '../processes.ts';
import { answerOf, checkAnswer } from '../requests.ts';
import { median } from '../table.ts';

const PROVISION = `mutation ($config: ProvisionRuntimeInput!) { provisionRuntime(config: $config) { runtimeID } }`;
const STATES = `{ runtimes(first: 200) { data { id status { condition } } } }`;
const PATIENCE = 120_000;

const CLUSTER = {
  kubernetesVersion: '1.28.7',
  provider: 'azure',
  targetSecret: 'default',
  region: 'westeurope',
  machineType: 'Standard_D4_v3',
  workerCidr: '10.250.0.0/16',
  autoScalerMin: 1,
  autoScalerMax: 3,
  maxSurge: 1,
  maxUnavailable: 0,
  providerSpecificConfig: { azureConfig: { vnetCidr: '10.250.0.0/16', azureZones: [{ name: 1, cidr: '10.250.0.0/19' }] } },
};
let clusters = 0;

async function provision(plane: Served, name: string): Promise<string> {
  const config = { runtimeInput: { name }, clusterConfig: { gardenerConfig: { ...CLUSTER, name: `c-${clusters++}` } } };
  const answer = await answerOf(plane, PROVISION, { config }, '/provisioner/graphql');
  checkAnswer(answer);
  return (JSON.parse(answer) as { data: { provisionRuntime: { runtimeID: string } } }).data.provisionRuntime.runtimeID;
}

async function connected(plane: Served): Promise<ReadonlySet<string>> {
  const answer = await answerOf(plane, STATES);
  checkAnswer(answer);
  const { data } = JSON.parse(answer) as { data: { runtimes: { data: { id: string; status: { condition: string } }[] } } };
  return new Set(data.runtimes.data.filter(({ status }) => status.condition === 'CONNECTED').map(({ id }) => id));
}

/** Milliseconds from the first order until all are connected. */
async function all(plane: Served, names: readonly string[]): Promise<number> {
  const began = performance.now();
  const ids = await Promise.all(names.map((name) => provision(plane, name)));
  for (;;) {
    const there = await connected(plane);
    if (ids.every((id) => there.has(id))) return performance.now() - began;
    if (performance.now() - began > PATIENCE) throw new Error(`of ${ids.length} runtimes ${there.size} are connected after ${PATIENCE} ms`);
    await setTimeout(20);
  }
}

export async function runtimes({ table, quick }: Bench): Promise<void> {
  const plane = await serve(temporaryFolder());
  try {
    const first = await all(plane, ['first']);
    const single: number[] = [];
    for (let round = 0; round < (quick ? 1 : 5); round++) single.push(await all(plane, [`one-${round}`]));
    table.add({
      what: 'provision to connected local runtime',
      measured: `${median(single).toFixed(0)} ms; the first, which waits for the authority's key, ${first.toFixed(0)} ms`,
    });
    const many = quick ? 4 : 12;
    const time = await all(
      plane,
      Array.from({ length: many }, (_, index) => `many-${index}`),
    );
    table.add({
      what: `${many} local runtimes at once`,
      measured: `${(time / 1000).toFixed(1)} s, ${((many / time) * 1000).toFixed(1)} connected a second`,
      ratio: time / many / median(single),
      against: 'the time of one alone',
    });
  } finally {
    await plane.stop();
  }
}
