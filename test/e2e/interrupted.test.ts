/** Work that outlives the request that began it: asynchronous operations and specs, on a plane that is killed in the middle of them. */
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Home, newHome, type Serving } from './support/plane.ts';

let home: Home;
let landscape: Server;
let address: string;
let asked: string[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const started: Serving[] = [];

const serve = async (...argv: string[]) => {
  const plane = await home.serve(['--data-dir', join(home.path, 'state'), ...argv]);
  started.push(plane);
  return plane;
};

beforeEach(async () => {
  home = newHome();
  asked = [];
  landscape = createServer((request, response) => {
    asked.push(request.url!);
    answer(request, response);
  });
  await new Promise<void>((resolve) => landscape.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(landscape.address() as AddressInfo).port}`;
});
afterEach(async () => {
  landscape.closeAllConnections();
  landscape.close();
  await Promise.all(started.splice(0).map((plane) => plane.stop()));
  home.remove();
});

interface Answered {
  readonly data: Record<string, never> | null;
  readonly errors?: readonly { readonly message: string }[];
  readonly extensions?: { readonly locations: readonly string[] };
}

const ask = async ({ ready }: Serving, query: string, variables: object = {}): Promise<Answered> => {
  const response = await fetch(`${ready.director}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ready.token}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answered;
};

/** Asks until the answer is as wanted. */
async function until<T>(look: () => Promise<T>, wanted: (seen: T) => boolean): Promise<T> {
  for (const end = Date.now() + 10_000; ;) {
    const seen = await look();
    if (wanted(seen)) return seen;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

const ORDER = {
  type: 'REGISTER_APPLICATION',
  mode: 'ASYNC',
  retryInterval: 0,
  outputTemplate: '{"location":"{{.Headers.Location}}","success_status_code":202,"error":"{{.Body.error}}"}',
  statusTemplate:
    '{"status":"{{.Body.status}}","success_status_code":200,"success_status_identifier":"DONE","in_progress_status_identifier":"BUSY","failed_status_identifier":"BAD","error":"{{.Body.error}}"}',
};
const REGISTER = 'mutation($in: ApplicationRegisterInput!) { result: registerApplication(in: $in, mode: ASYNC) { id } }';

test('mode ASYNC is refused without --async, and nothing is registered', async () => {
  const plane = await serve();
  const { data, errors } = await ask(plane, REGISTER, { in: { name: 'later' } });
  expect(data).toBeNull();
  expect(errors).toHaveLength(1);
  expect((await ask(plane, '{ applications { totalCount } }')).data).toEqual({ applications: { totalCount: 0 } });
});

test('with --async an operation is followed to its end, also by a plane that was killed meanwhile', async () => {
  let state = 'BUSY';
  answer = (request, response) => {
    response.writeHead(request.url?.startsWith('/order/') ? 202 : 200, { location: `${address}/state` });
    response.end(JSON.stringify({ status: state }));
  };
  const first = await serve('--async');
  const urlTemplate = `{"method":"POST","path":"${address}/order/{{.TenantID}}"}`;
  const { data, extensions } = await ask(first, REGISTER, { in: { name: 'later', webhooks: [{ ...ORDER, urlTemplate }] } });
  expect(data).toEqual({});
  const location = extensions!.locations[0]!;
  expect(location).toMatch(new RegExp(`^${first.ready.director}/last_operation/application/[0-9a-f-]{36}$`));
  const status = async (plane: Serving) => {
    const response = await fetch(location.replace(first.ready.director, plane.ready.director), {
      headers: { authorization: `Bearer ${plane.ready.token}` },
    });
    return ((await response.json()) as { status: string }).status;
  };
  expect(await status(first)).toBe('IN_PROGRESS');
  await until(async () => asked.includes('/state'), Boolean);
  await first.stop('SIGKILL');

  state = 'DONE';
  const second = await serve('--async');
  await until(
    () => status(second),
    (seen) => seen === 'SUCCEEDED',
  );
  const { tenant } = first.ready;
  expect(asked.filter((path) => path.startsWith('/order'))).toEqual([`/order/${tenant}`, `/order/${tenant}`]);
  expect((await ask(second, '{ applications { data { name status { condition } } } }')).data).toEqual({
    applications: { data: [{ name: 'later', status: { condition: 'CREATE_SUCCEEDED' } }] },
  });
});

test('a spec that was being fetched when the plane was killed is fetched by the next one; meanwhile others are served', async () => {
  answer = () => {};
  const first = await serve();
  const adding = ask(
    first,
    `mutation { result: registerApplication(in: {name: "shop", bundles: [{name: "b", apiDefinitions: [{
      name: "orders", targetURL: "https://orders.example.com", spec: {type: OPEN_API, format: JSON, fetchRequest: {url: "${address}/spec"}}}]}]}) { id } }`,
  ).catch(() => undefined);
  await until(async () => asked.length, Boolean);
  // neither transaction nor Registry waits for the spec
  expect((await ask(first, 'mutation { result: registerApplication(in: {name: "other"}) { name } }')).data).toEqual({
    result: { name: 'other' },
  });
  await first.stop('SIGKILL');
  await adding;

  answer = (_, response) => void response.end('{"openapi": "3.0.0"}');
  const second = await serve();
  const spec = async () =>
    (
      (
        await ask(
          second,
          '{ applications(filter: {key: "name", query: "\\"mp-shop\\""}) { data { bundles { data { apiDefinitions { data { spec { data fetchRequest { status { condition } } } } } } } } } }',
        )
      ).data as unknown as { applications: { data: { bundles: { data: { apiDefinitions: { data: { spec: unknown }[] } }[] } }[] } }
    ).applications.data[0]!.bundles.data[0]!.apiDefinitions.data[0]!.spec;
  const fetched = { data: '{"openapi": "3.0.0"}', fetchRequest: { status: { condition: 'SUCCEEDED' } } };
  expect(await until(spec, (seen) => JSON.stringify(seen) === JSON.stringify(fetched))).toEqual(fetched);
});

test('credentials that somebody waits for are given after the plane was killed and is there again', async () => {
  const first = await serve();
  const { port } = new URL(first.ready.gateway);
  await home.json('app', 'register', '--name', 'shop');
  await home.json('bundle', 'add', '--app', 'shop', '--name', 'orders');
  const replies = join(home.path, 'replies.yaml');
  writeFileSync(replies, 'delay: 4s\ncredentials: {auth: {credential: {basic: {username: me, password: open}}}}\n');
  const listening = home.compass(['webhook', 'listen', '--app', 'shop', '--reply', replies, '--count', '1', '--timeout', '20s']);
  await until(
    async () => (await home.json<unknown[]>('webhook', 'list', '--app', 'shop')).length,
    (count) => count === 2,
  );
  const request = ['bundle', 'auth', 'request', 'orders', '--app', 'shop', '--wait', '--timeout'];
  const asked = home.compass([...request, '20s', '--show-secrets']);
  await until(
    async () => (await home.json<unknown[]>('bundle', 'auth', 'list', 'orders', '--app', 'shop')).length,
    (count) => count === 1,
  );
  await first.stop('SIGKILL');
  const second = await serve('--port', port);
  const { exit, stdout, stderr } = await asked;
  expect(stderr).toContain('waiting for it to come back.');
  expect(stdout).toContain('Password\topen');
  expect(exit).toBe(0);
  expect((await listening).stdout).toMatch(/credentials [0-9a-f-]{36}: SUCCEEDED/);

  await second.stop('SIGKILL');
  expect((await home.compass([...request, '1s'])).exit).toBe(6);
});
