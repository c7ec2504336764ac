/** Providers that somebody else wrote: modules outside of the source tree, good and bad ones. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programOf } from '../../../src/local/children.ts';
import type { ProvisionerOptions } from '../../../src/provisioner/call.ts';
import { foreignProvider, type ForeignProvider } from '../../../src/provisioner/providers/foreign.ts';
import { createModuleHost } from '../../../src/provisioner/providers/module-host.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';
import { standIn } from './stand-in-director.ts';
import { OPERATION, type OperationSeen, TENANT, worldOf, type World } from './support.ts';

let dir: string;
let world: World | undefined;
let provider: ForeignProvider | undefined;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'compass-provider-'));
});
afterEach(async () => {
  await world?.provisioner.stop();
  await provider?.stop();
  rmSync(dir, { recursive: true, force: true });
});

type Options = Partial<ProvisionerOptions> & { readonly patience?: number; readonly loading?: number };

/** A plane with the module as its provider. */
async function withModule(source: string, { patience = 5_000, loading = 30_000, ...more }: Options = {}): Promise<World> {
  const path = join(dir, 'provider.mjs');
  writeFileSync(path, source);
  const registry = openMemoryRegistry();
  const host = createModuleHost({ path, program: programOf('provider'), patience, loading });
  provider = foreignProvider({ registry, host });
  await provider.start();
  return worldOf({ registry, provider, ...more });
}

const GOOD = `
const clusters = new Map();
export default () => ({
  async create({ runtimeId, name, config, labels }) {
    if (clusters.has(runtimeId)) return;
    clusters.set(runtimeId, { name, machines: config.machineType, labels, looks: 0 });
  },
  async change({ runtimeId, config }) {
    clusters.get(runtimeId).machines = config.machineType;
  },
  async remove({ runtimeId }) {
    clusters.delete(runtimeId);
  },
  async state({ runtimeId }) {
    const cluster = clusters.get(runtimeId);
    if (!cluster) return undefined;
    cluster.looks += 1;
    return { domain: cluster.name + '.example.com', seed: 'mine', ready: cluster.looks > 3 };
  },
  async kubeconfig({ runtimeId }) {
    return 'machines: ' + clusters.get(runtimeId).machines;
  },
});`;

/** A good one but for one method. */
const but = (method: string) =>
  GOOD.replace('export default () => ({', `export default () => ({ ...good(), ${method} });\nconst good = () => ({`);

async function provisioned(source: string, options?: Options, kymaConfig?: object) {
  world = await withModule(source, options);
  const { data, errors } = await world.provision('c', { kymaConfig });
  expect(errors).toBeUndefined();
  return world.ended(data!.result!.id);
}

it('gives clusters, changes them and takes them away', async () => {
  const { state, runtimeID } = await provisioned(GOOD);
  expect(state).toBe('Succeeded');
  const status = () =>
    world!.ask<{ runtimeStatus: object }>(
      `{ runtimeStatus(id: "${runtimeID}") { runtimeConfiguration { kubeconfig clusterConfig { seed } } } }`,
    );
  expect((await status()).data).toEqual({
    runtimeStatus: { runtimeConfiguration: { kubeconfig: 'machines: n2-standard-4', clusterConfig: { seed: 'mine' } } },
  });
  const changed = await world!.upgrade(runtimeID, { machineType: 'm6' });
  expect(await world!.ended(changed.data!.result!.id)).toMatchObject({ state: 'Succeeded' });
  expect((await status()).data).toMatchObject({ runtimeStatus: { runtimeConfiguration: { kubeconfig: 'machines: m6' } } });
  expect((await world!.provision('c')).errors).toMatchObject([{ extensions: { error_reason: 'AlreadyExists' } }]);
  const removed = await world!.deprovision(runtimeID);
  expect(await world!.ended(removed.data!.result!)).toMatchObject({ state: 'Succeeded' });
  expect((await status()).errors?.[0]?.message).toContain('unable to fetch kubeconfig: cluster "c" not found');
  expect((await world!.provision('c')).errors).toBeUndefined();
});

it('that throws has the last word, and may be tried again where it says so', async () => {
  expect(
    await provisioned(but(`async create() { throw Object.assign(new Error('no money left'), { codes: ['ERR_INFRA_QUOTA_EXCEEDED'] }) }`)),
  ).toMatchObject({
    state: 'Failed',
    message: 'the provider failed: no money left',
    lastError: { errMessage: 'the provider failed: no money left', reason: 'ERR_INFRA_QUOTA_EXCEEDED', component: 'provider' },
  });
  await world!.provisioner.stop();
  await provider!.stop();
  expect(
    await provisioned(
      but(
        `async create(order) { globalThis.times = (globalThis.times ?? 0) + 1; if (globalThis.times < 3) throw Object.assign(new Error('busy'), { retry: true }); return good().create(order) }`,
      ),
    ),
  ).toMatchObject({ state: 'Succeeded' });
});

it('that says a cluster has failed ends the operation with its description', async () => {
  expect(
    await provisioned(but(`async state() { return { failed: { description: 'the rack burnt', codes: ['ERR_INFRA_DEPENDENCIES'] } } }`)),
  ).toMatchObject({
    state: 'Failed',
    message: 'cluster provisioning failed. Last Shoot state: Failed, Shoot description: the rack burnt',
    lastError: { reason: 'ERR_INFRA_DEPENDENCIES', component: 'gardener' },
  });
});

it.each([
  ['never answers', `state: () => new Promise(() => {})`],
  ['does not let go of its processor', `state() { for (;;); }`],
])('that %s is given up', async (_, method) => {
  expect(await provisioned(but(method), { patience: 400 })).toMatchObject({
    state: 'Failed',
    message: 'the provider failed: it did not answer state within 0.4 s',
  });
});

it.each([
  ['ends its process', `state() { console.error('out of disk'); process.exit(3) }`, 'its process ended (exit code 3): out of disk'],
  [
    'throws where nobody catches',
    `state: () => new Promise(() => setTimeout(() => { throw new Error('lost my mind') }, 1))`,
    'its process ended (exit code 1): Error: lost my mind',
  ],
  ['is killed', `state: () => new Promise(() => process.kill(process.pid, 'SIGKILL'))`, 'its process ended (SIGKILL)'],
])('that %s takes no plane with it', async (_, method, words) => {
  expect(await provisioned(but(method))).toMatchObject({ state: 'Failed', message: `the provider failed: ${words}` });
  // The plane goes on, and so does a module that comes back.
  expect((await world!.provision('d')).errors).toBeUndefined();
});

it.each([
  ['null', 'process.send(null)'],
  ['methods that are none', 'process.send({ methods: 5 })'],
  ['answers that nobody asked for', 'for (const id of [null, "1", {}, 1e9]) process.send({ id, error: null, unusable: 7 })'],
])('that writes %s where the plane listens troubles nobody', async (_, words) => {
  expect(await provisioned(but(`async change() { ${words}; await new Promise((done) => setTimeout(done, 20)); }`))).toMatchObject({
    state: 'Succeeded',
  });
  const { id, runtimeID } = (await world!.provision('d')).data!.result!;
  await world!.ended(id);
  const { data } = await world!.upgrade(runtimeID, { machineType: 'm' });
  expect(await world!.ended(data!.result!.id)).toMatchObject({ state: 'Succeeded' });
});

it.each([
  ['state() { return 42 }', 'a state of the cluster that is none: 42'],
  ['state() { return [] }', 'a state of the cluster that is none: []'],
  ['state() { return { domain: 5 } }', "a state of the cluster with domain that can't be read: 5"],
  [`state() { return { ready: 'yes' } }`, `a state of the cluster with ready that can't be read: "yes"`],
  [`state() { return { failed: { codes: 'X' } } }`, `a state of the cluster with failed that can't be read: {"codes":"X"}`],
  [`kubeconfig() { return { kind: 'x'.repeat(200) } }`, `access to the cluster that is no text: {"kind":"${'x'.repeat(91)}…`],
  [`async connectAgent() {}, agentState() { return 'weird' }`, 'a state of the agent that is none: "weird"'],
])('that answers nonsense is told so at once: %s', async (method, words) => {
  const { client } = standIn();
  expect(await provisioned(but(method), { profile: 'agent', director: () => client })).toMatchObject({
    state: 'Failed',
    message: `the provider failed: it told ${words}`,
    lastError: { component: 'provider' },
  });
});

it('may have its methods from a class', async () => {
  const source = GOOD.replace('export default () => ({', 'const good = { ').replace(/\}\);$/, '};');
  const methods = ['create', 'remove', 'state', 'kubeconfig'].map((name) => `${name}(asked) { return good.${name}(asked); }`);
  const { state } = await provisioned(`${source} class Mine { ${methods.join(' ')} } export default new Mine();`);
  expect(state).toBe('Succeeded');
});

it('whose agent is not there yet gets a token now and then, not at every look', async () => {
  const { client, asked } = standIn();
  const agent = `async connectAgent() { globalThis.since ??= Date.now(); },
    async agentState() { return Date.now() - globalThis.since < 450 ? 'none' : 'connected'; }`;
  expect(await provisioned(but(agent), { profile: 'agent', director: () => client })).toMatchObject({ state: 'Succeeded' });
  expect(asked.filter((name) => name === 'ProvisionerToken').length).toBeLessThanOrEqual(6);
});

it('that is none is told when the plane starts', async () => {
  await expect(withModule('export default { create() {} }')).rejects.toThrow('its default export has no method remove');
  await expect(withModule('process.exit(4)')).rejects.toThrow(
    /provider.mjs can't be used as a provider: its process ended \(exit code 4\)/,
  );
  for (const source of ['for (;;);', 'await new Promise(() => setInterval(() => {}, 1000)); export default {}'])
    await expect(withModule(source, { loading: 300 })).rejects.toThrow("can't be used as a provider: it was not loaded within 0.3 s");
  await expect(withModule('import "nowhere"')).rejects.toThrow(/can't be used as a provider: Cannot find package 'nowhere'/);
});

describe('in the profile full', () => {
  const KYMA = { version: '1.24', components: [{ component: 'compass-runtime-agent', namespace: 'compass-system' }] };
  const full = () => {
    const { client, conditions } = standIn();
    return { conditions, options: { profile: 'full', director: () => client } as const };
  };
  const asked = async (field: string) => world!.ask<{ result: OperationSeen | null }>(`mutation { result: ${field} { ${OPERATION} } }`);
  const hibernated = async (id: string) =>
    (await world!.ask(`{ runtimeStatus(id: "${id}") { hibernationStatus { hibernated hibernationPossible } } }`)).data;
  const wake = async (id: string) =>
    (await world!.provisioner.details({
      method: 'POST',
      path: `/v1/runtimes/${id}/wake`,
      query: '',
      headers: { tenant: TENANT },
      body: '',
    }))!.status;

  it('installs Kyma, sleeps and wakes', async () => {
    const { options, conditions } = full();
    const { state, runtimeID: id } = await provisioned(
      GOOD.replace(
        'export default () => ({',
        `let [kyma, looks, asleep, agent] = [undefined, 0, false, 'none'];
export default () => ({
  async installKyma({ kyma: wanted }) { [kyma, looks] = [wanted, 0]; },
  async kymaState() {
    looks += 1;
    return { state: looks > 2 ? 'installed' : 'installing', description: kyma.version };
  },
  async uninstallKyma() { kyma = undefined; },
  async hibernate() { asleep = true; },
  async wake() { asleep = false; },
  async connectAgent() { agent = 'connected'; },
  async agentState() { return asleep ? 'none' : agent; },`,
      ),
      options,
      KYMA,
    );
    expect([state, conditions.get(id)]).toEqual(['Succeeded', 'CONNECTED']);
    const ended = await asked(`hibernateRuntime(id: "${id}")`);
    expect(await world!.ended(ended.data!.result!.id)).toMatchObject({ state: 'Succeeded' });
    expect(await hibernated(id)).toEqual({ runtimeStatus: { hibernationStatus: { hibernated: true, hibernationPossible: true } } });
    expect(await wake(id)).toBe(200);
    expect(await hibernated(id)).toEqual({ runtimeStatus: { hibernationStatus: { hibernated: false, hibernationPossible: true } } });
    const removed = await world!.deprovision(id);
    expect(await world!.ended(removed.data!.result!)).toMatchObject({ operation: 'Deprovision', state: 'Succeeded' });
  });

  it('whose agent refuses its token gets another one, and time to use it', async () => {
    const { options } = full();
    const agent = `async connectAgent() { globalThis.tokens = (globalThis.tokens ?? 0) + 1; },
      async agentState() { return (globalThis.tokens ?? 0) < 3 ? 'failed' : 'connected'; }`;
    const { state, id } = await provisioned(but(agent), options, KYMA);
    expect(state).toBe('Succeeded');
    const request = { method: 'GET', path: `/v1/operations/${id}`, query: '', headers: { tenant: TENANT }, body: '' };
    const { events } = JSON.parse((await world!.provisioner.details(request))!.body) as { events: { at: string; message: string }[] };
    const [entered, over] = events.slice(-2).map(({ at }) => Date.parse(at));
    // Two new tokens, with 25 looks of 10 ms after each.
    expect(over! - entered!).toBeGreaterThanOrEqual(500);
  });

  it('that knows neither Kyma nor sleep has the one taken for installed, and refuses the other', async () => {
    const { options } = full();
    const { state, runtimeID: id } = await provisioned(GOOD, options, KYMA);
    expect(state).toBe('Succeeded');
    expect((await asked(`hibernateRuntime(id: "${id}")`)).errors?.[0]?.message).toBe(
      'Failed to hibernate Cluster: cannot hibernate cluster: its provider puts no clusters to sleep',
    );
    expect(await hibernated(id)).toEqual({ runtimeStatus: { hibernationStatus: { hibernated: false, hibernationPossible: false } } });
  });

  it('that sleeps and can not be woken says so', async () => {
    const { options } = full();
    const { runtimeID: id } = await provisioned(but('async hibernate() {}'), options, KYMA);
    const begun = await asked(`hibernateRuntime(id: "${id}")`);
    await world!.ended(begun.data!.result!.id);
    expect(await wake(id)).toBe(400);
  });

  it.each([
    [
      `async kymaState() { return { state: 'failed', description: 'no charts', components: ['istio', 'logging'] } }`,
      'no charts',
      'istio, logging',
      'kyma installer',
    ],
    [
      `async kymaState() { return { state: 'perfect' } }`,
      'the provider failed: it told a state of Kyma that is none: {"state":"perfect"}',
      'err_provisioner_internal',
      'provider',
    ],
    [`async installKyma() { throw new Error('no network') }`, 'the provider failed: no network', 'err_provisioner_internal', 'provider'],
  ])('ends an installation with its last words: %s', async (method, message, reason, component) => {
    expect(await provisioned(but(method), full().options, KYMA)).toMatchObject({
      state: 'Failed',
      message,
      lastError: { reason, component },
    });
  });
});
