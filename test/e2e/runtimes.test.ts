/** Local runtimes: agents as processes of their own, which outlive neither their plane nor their runtime. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

// Ten agents make ten keys: seconds on an idle machine, a minute on a busy one.
vi.setConfig({ testTimeout: 180_000 });
import { type Home, newHome, type Serving } from './support/plane.ts';

const COUNT = 10;
const names = Array.from({ length: COUNT }, (_, number) => `runtime-${number}`);

let home: Home;
let plane: Serving;
let runtimes: string[];

const folder = () => join(home.path, 'state');
const serve = () => home.serve(['--data-dir', folder()]);

async function asked<T>(system: 'director' | 'provisioner', query: string): Promise<T> {
  const answer = await fetch(`${plane.ready[system]}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${plane.ready.token}`,
      tenant: plane.ready.tenant,
    },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await answer.json()) as { data: T; errors?: { message: string }[] };
  if (errors) throw new Error(errors[0]?.message);
  return data;
}

async function provision(name: string): Promise<string> {
  const { started } = await asked<{ started: { runtimeID: string } }>(
    'provisioner',
    `mutation { started: provisionRuntime(config: {
      runtimeInput: { name: "${name}", labels: { team: "shop" } }
      clusterConfig: { gardenerConfig: {
        name: "c-${name}", kubernetesVersion: "1.28.7", provider: "gcp", targetSecret: "s", region: "europe-west3", machineType: "m",
        workerCidr: "10.250.0.0/16", autoScalerMin: 1, autoScalerMax: 2, maxSurge: 1, maxUnavailable: 0,
        providerSpecificConfig: { gcpConfig: { zones: ["europe-west3-a"] } }
      } }
    }) { runtimeID } }`,
  );
  return started.runtimeID;
}

interface Seen {
  readonly name: string;
  readonly status: { readonly condition: string };
  readonly labels: Record<string, unknown>;
}
const inDirector = async () =>
  (await asked<{ runtimes: { data: Seen[] } }>('director', '{ runtimes(first: 50) { data { name status { condition } labels } } }'))
    .runtimes.data;

async function agentOf(id: string): Promise<{ connection: string; operation: string }> {
  const { status } = await asked<{
    status: { runtimeConnectionStatus: { status: string }; lastOperationStatus: { state: string; operation: string } };
  }>(
    'provisioner',
    `{ status: runtimeStatus(id: "${id}") { runtimeConnectionStatus { status } lastOperationStatus { state operation } } }`,
  );
  return { connection: status.runtimeConnectionStatus.status, operation: status.lastOperationStatus.state };
}

async function until<T>(look: () => Promise<T>, good: (seen: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + 50_000; ; await sleep(100)) {
    const seen = await look();
    if (good(seen) || Date.now() > deadline) return seen;
  }
}

const CONNECTED = { connection: 'Connected', operation: 'Succeeded' };
const allConnected = (ids: readonly string[]) =>
  until(
    () => Promise.all(ids.map(agentOf)),
    (seen) => seen.every((one) => one.connection === 'Connected' && one.operation === 'Succeeded'),
  );

const pidOf = (id: string) => (JSON.parse(readFileSync(join(folder(), 'runtimes', id, 'status.json'), 'utf8')) as { pid: number }).pid;
/** Those that ended and that nobody has asked about yet (`Z`) run no more. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

beforeAll(async () => {
  home = newHome();
  plane = await serve();
});
afterAll(async () => {
  await plane.stop();
  home.remove();
});

test('ten runtimes are there again, connected, after their plane was killed, those under way as well', async () => {
  const first = await Promise.all(names.slice(0, COUNT - 3).map(provision));
  expect(await allConnected(first)).toEqual(first.map(() => CONNECTED));
  const before = first.map(pidOf);
  expect(new Set(before).size).toBe(first.length);
  // Three more have begun, and are somewhere on their way.
  runtimes = [...first, ...(await Promise.all(names.slice(COUNT - 3).map(provision)))];

  await plane.stop('SIGKILL');
  plane = await serve();

  expect(await allConnected(runtimes)).toEqual(runtimes.map(() => CONNECTED));
  expect(before.filter(isAlive)).toEqual([]);
  expect(new Set(runtimes.map(pidOf)).size).toBe(COUNT);
  const seen = await until(inDirector, (all) => all.every(({ status }) => status.condition === 'CONNECTED'));
  expect(seen.map(({ name }) => name).sort()).toEqual([...names].sort());
  for (const { status, labels, name } of seen) {
    expect(status.condition).toBe('CONNECTED');
    expect(labels).toMatchObject({
      team: 'shop',
      gardenerClusterName: `c-${name}`,
      gardenerClusterDomain: expect.stringContaining(name) as string,
    });
  }
});

test('an agent that dies is started again', async () => {
  const [id = ''] = runtimes;
  const before = pidOf(id);
  process.kill(before, 'SIGKILL');
  const after = await until(
    async () => pidOf(id),
    (pid) => pid !== before,
  );
  expect(after).not.toBe(before);
  expect(await allConnected([id])).toEqual([CONNECTED]);
});

test('an agent that lost its certificate pairs again with a new token', async () => {
  const [id = ''] = runtimes;
  const before = readFileSync(join(folder(), 'runtimes', id, 'credentials.json'), 'utf8');
  writeFileSync(join(folder(), 'runtimes', id, 'credentials.json'), '{}');
  expect((await home.compass(['runtime', 'reconnect', 'runtime-0', '--timeout', '20s'])).exit).toBe(0);
  expect((await home.compass(['wait', 'runtime', 'runtime-0', '--for', 'CONNECTED', '--timeout', '20s'])).exit).toBe(0);
  const after = await until(
    async () => readFileSync(join(folder(), 'runtimes', id, 'credentials.json'), 'utf8'),
    (text) => text !== '{}',
  );
  expect(after).not.toBe(before);
});

test('of runtimes that are taken down nothing is left, even when the plane is killed meanwhile', async () => {
  const agents = runtimes.map(pidOf);
  await Promise.all(runtimes.map((id) => asked('provisioner', `mutation { deprovisionRuntime(id: "${id}") }`)));
  await plane.stop('SIGKILL');
  plane = await serve();
  expect(await until(inDirector, (left) => left.length === 0)).toEqual([]);
  await until(
    async () => agents.filter(isAlive),
    (left) => left.length === 0,
  );
  expect(agents.filter(isAlive)).toEqual([]);
  expect(readdirSync(join(folder(), 'runtimes'))).toEqual([]);
});
