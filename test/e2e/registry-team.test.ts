/** Several processes of the program on one PostgreSQL: they behave as one. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithPostgres, newDatabase } from '../support/postgres.ts';
import { type Home, newHome, type Serving } from './support/plane.ts';

const TYPE = 'SAP Commerce Cloud';

interface Answer<T> {
  readonly data?: T;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly error: string } }[];
}

describeWithPostgres('two processes on one database', () => {
  let home: Home;
  let planes: Serving[];
  let environment: Record<string, string>;
  let token: string;
  beforeAll(async () => {
    home = newHome();
    const { url, keyFile } = await newDatabase();
    const secret = new URL(url);
    secret.password = 'sesame';
    environment = { COMPASS_REGISTRY: secret.href, COMPASS_REGISTRY_KEY_FILE: keyFile };
    planes = await Promise.all([start(), start()]);
    token = planes[0]!.ready.token;
  });
  afterAll(async () => {
    for (const plane of planes) await plane.stop();
    home.remove();
  });
  const start = () => home.serve(['--only', 'gateway,director'], environment);

  /** Each with the token that the first process gave. */
  async function ask<T>(at: number, query: string, variables: object = {}): Promise<Answer<T>> {
    const { director, tenant } = planes[at % planes.length]!.ready;
    const response = await fetch(`${director}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, tenant },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<T>;
  }
  const answer = async <T>(at: number, query: string, variables?: object): Promise<T> => {
    const { data, errors } = await ask<T>(at, query, variables);
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    return data!;
  };
  const register = (at: number, name: string, more = '') =>
    ask<{ result: { id: string } }>(
      at,
      `mutation { result: registerApplication(in: { name: "${name}", labels: { applicationType: "${TYPE}" } ${more} }) { id } }`,
    );

  test('what one has written the other shows', async () => {
    const { data } = await register(0, 'shop');
    const shown = await answer<{ result: { name: string } }>(1, `{ result: application(id: "${data!.result.id}") { name } }`);
    expect(shown.result.name).toBe('shop');
  });

  test('a name is taken once, whoever is asked', async () => {
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => register(at, `contended-${round}`)));
      expect(answers.filter(({ data }) => data?.result)).toHaveLength(1);
      for (const { errors } of answers.filter((one) => one.errors)) expect(errors![0]!.extensions.error).toBe('NotUniqueName');
    }
  });

  test('a formation that both change keeps its rules', async () => {
    await answer(0, `mutation { result: createFormation(formation: { name: "orders" }) { id } }`);
    const ids = await Promise.all(['a', 'b', 'c', 'd'].map(async (name, at) => (await register(at, name)).data!.result.id));
    const change = (at: number, verb: 'assign' | 'unassign', id: string) =>
      ask(at, `mutation { result: ${verb}Formation(objectID: "${id}", objectType: APPLICATION, formation: { name: "orders" }) { name } }`);
    for (let round = 0; round < 4; round++) {
      const changes = ids.flatMap((id, at) => [change(at, 'assign', id), change(at + 1, round % 2 ? 'unassign' : 'assign', id)]);
      for (const { errors } of await Promise.all(changes)) expect(errors?.[0]?.message ?? '').not.toMatch(/Internal/);
    }
    const { members, formation } = await answer<{
      members: { data: { id: string; labels: { scenarios?: string[] } }[] };
      formation: { formationAssignments: { data: { source: string; target: string; state: string }[]; totalCount: number } };
    }>(
      1,
      `{ members: applications(first: 200) { data { id labels } }
         formation: formationByName(name: "orders") { formationAssignments(first: 200) { totalCount data { source target state } } } }`,
    );
    const joined = members.data.filter(({ labels }) => labels.scenarios?.includes('orders')).map(({ id }) => id);
    const pairs = formation.formationAssignments.data.map(({ source, target }) => `${source} ${target}`);
    expect(pairs.sort()).toEqual(joined.flatMap((source) => joined.map((target) => `${source} ${target}`)).sort());
    expect(formation.formationAssignments.data.filter(({ state }) => state !== 'READY')).toEqual([]);
  });

  test('neither tells the password', () => {
    for (const { stdout, stderr } of planes.map((plane) => plane.output())) {
      expect(stdout).toContain('postgres://compass@127.0.0.1');
      expect(stdout + stderr).not.toContain('sesame');
    }
  });

  test('a call that one was killed in is made by the other, soon and once', async () => {
    const calls: string[] = [];
    let called!: () => void;
    const isCalled = new Promise<void>((resolve) => (called = resolve));
    const receiver = http.createServer((request, response) => {
      calls.push(request.url!);
      called();
      // The first call is never answered.
      if (calls.length > 1) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    const template = (text: object) => JSON.stringify(JSON.stringify(text));
    const webhook = `, webhooks: [{ type: APPLICATION_TENANT_MAPPING, mode: SYNC, urlTemplate: ${template({ path: `${url}/told`, method: 'POST' })},
      inputTemplate: ${template({ operation: '{{.Operation}}' })}, outputTemplate: ${template({ error: '{{.Body.error}}', success_status_code: 200 })} }]`;
    const types = `["${TYPE}"]`;
    await answer(
      0,
      `mutation { result: createFormationTemplate(in: { name: "suite", applicationTypes: ${types}, runtimeTypes: ["kyma"], runtimeTypeDisplayName: "Kyma", runtimeArtifactKind: SUBSCRIPTION }) { id } }`,
    );
    await answer(0, `mutation { result: createFormation(formation: { name: "told", templateName: "suite" }) { id } }`);
    const listener = (await register(1, 'listener', webhook)).data!.result.id;
    const other = (await register(1, 'other')).data!.result.id;
    const assign = (id: string) =>
      `mutation { result: assignFormation(objectID: "${id}", objectType: APPLICATION, formation: { name: "told" }) { name } }`;
    await answer(1, assign(listener));
    const dying = ask(0, assign(other)).catch(() => undefined);
    await isCalled;
    await planes[0]!.stop('SIGKILL');
    await dying;
    planes.shift();
    const states = async () =>
      (
        await answer<{ result: { formationAssignments: { data: { state: string }[] } } }>(
          0,
          `{ result: formationByName(name: "told") { formationAssignments(first: 50) { data { state } } } }`,
        )
      ).result.formationAssignments.data.map(({ state }) => state);
    await expect.poll(states, { timeout: 20_000, interval: 200 }).toEqual(['READY', 'READY', 'READY', 'READY']);
    expect(calls).toEqual(['/told', '/told']);
    receiver.closeAllConnections();
    receiver.close();
  });
});
