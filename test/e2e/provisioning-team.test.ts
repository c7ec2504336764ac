/** Two whole planes of the program on one PostgreSQL, and on one machine: what one was at when it was killed, the other goes on with. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithPostgres, newDatabase } from '../support/postgres.ts';
import { type Home, newHome, type Serving } from './support/plane.ts';

const PATIENCE = { timeout: 25_000, interval: 100 };

describeWithPostgres('two planes with a Provisioner', () => {
  let home: Home;
  let dying: Serving;
  let other: Serving;
  let environment: Record<string, string>;
  let data: string;
  beforeAll(async () => {
    home = newHome();
    const { url, keyFile } = await newDatabase();
    environment = { COMPASS_REGISTRY: url, COMPASS_REGISTRY_KEY_FILE: keyFile };
    dying = await home.serve([], environment);
    other = await home.serve([], environment);
    data = dirname(dying.ready.caFile);
  });
  afterAll(async () => {
    await other.stop();
    await dying.stop();
    home.remove();
  });

  async function ask<T>({ ready }: Serving, system: 'director' | 'provisioner', query: string): Promise<T> {
    const response = await fetch(`${ready[system]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ready.token}`, tenant: ready.tenant },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data: { result: T }; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data.result;
  }
  const provision = (plane: Serving, name: string, labels = '{}') =>
    ask<{ id: string; runtimeID: string }>(
      plane,
      'provisioner',
      `mutation { result: provisionRuntime(config: { runtimeInput: { name: "${name}", labels: ${labels} },
        clusterConfig: { gardenerConfig: { name: "${name}", kubernetesVersion: "1.28.7", provider: "gcp", targetSecret: "s", region: "eu",
          machineType: "m", workerCidr: "10.250.0.0/16", autoScalerMin: 1, autoScalerMax: 2, maxSurge: 1, maxUnavailable: 0,
          providerSpecificConfig: { gcpConfig: { zones: ["a"] } } } } }) { id runtimeID } }`,
    );
  const stateOf = async (plane: Serving, id: string) =>
    (await ask<{ state: string }>(plane, 'provisioner', `{ result: runtimeOperationStatus(id: "${id}") { state } }`)).state;
  const agentOf = async (plane: Serving, id: string) =>
    (
      await ask<{ runtimeConnectionStatus: { status: string } }>(
        plane,
        'provisioner',
        `{ result: runtimeStatus(id: "${id}") { runtimeConnectionStatus { status } } }`,
      )
    ).runtimeConnectionStatus.status;
  /** Below which folders the agent of a runtime has credentials. */
  const homesOf = (id: string) => readdirSync(data).filter((folder) => existsSync(join(data, folder, id, 'credentials.json')));

  test('an agent and an operation go on beside the other plane, and nothing is there twice', async () => {
    const ready = await provision(dying, 'ready');
    await expect.poll(() => stateOf(other, ready.id), PATIENCE).toBe('Succeeded');
    expect([await agentOf(dying, ready.runtimeID), await agentOf(other, ready.runtimeID)]).toEqual(['Connected', 'Connected']);
    expect(homesOf(ready.runtimeID)).toEqual(['runtimes']);
    const slow = await provision(dying, 'slow', '{ simulate: { stages: { create: "2s" } } }');
    await dying.stop('SIGKILL');

    await expect.poll(() => homesOf(ready.runtimeID), PATIENCE).toContain('runtimes-2');
    await expect.poll(() => stateOf(other, slow.id), PATIENCE).toBe('Succeeded');
    await expect.poll(() => agentOf(other, ready.runtimeID), PATIENCE).toBe('Connected');
    const { data: all } = await ask<{ data: { id: string; labels: object }[] }>(
      other,
      'director',
      '{ result: runtimes { data { id labels } } }',
    );
    expect(all.map(({ id }) => id).sort()).toEqual([ready.runtimeID, slow.runtimeID].sort());
    expect(all.filter(({ labels }) => 'provisioning_order' in labels)).toEqual([]);
  });

  test('a plane that comes back leaves the agents where they are, and takes them away all the same', async () => {
    const { data: all } = await ask<{ data: { id: string }[] }>(other, 'director', '{ result: runtimes { data { id } } }');
    dying = await home.serve([], environment);
    for (const { id } of all) await expect.poll(() => homesOf(id), PATIENCE).toEqual(['runtimes-2']);
    for (const { id } of all) await ask(dying, 'provisioner', `mutation { result: deprovisionRuntime(id: "${id}") }`);
    for (const { id } of all) await expect.poll(() => homesOf(id), PATIENCE).toEqual([]);
    await expect
      .poll(async () => (await ask<{ totalCount: number }>(other, 'director', '{ result: runtimes { totalCount } }')).totalCount, PATIENCE)
      .toBe(0);
  });
});
