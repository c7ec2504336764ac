import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../../src/local/options.ts';
import { startPlane } from '../../../../src/local/plane.ts';

let plane: Awaited<ReturnType<typeof startPlane>>;
let landscape: Server;
let address: string;
interface Shown {
  readonly id: string;
  readonly name?: string;
  readonly status: { readonly condition: string };
}

let asked: string[];
let status: string;

beforeAll(async () => {
  landscape = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const accepted = request.url === '/order';
    response.writeHead(accepted ? 202 : 200, { location: `${address}/state` });
    response.end(JSON.stringify({ status }));
  });
  await new Promise<void>((resolve) => landscape.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(landscape.address() as AddressInfo).port}`;
  plane = await startPlane({ ...DEFAULT_OPTIONS, version: 'test', dataDir: '', asyncMode: true });
});
afterAll(async () => {
  await plane.close();
  landscape.close();
});
beforeEach(() => {
  asked = [];
  status = 'OK';
});

async function ask(
  query: string,
): Promise<{ data: Record<string, Shown> | null; errors?: { message: string }[]; extensions?: { locations: string[] } }> {
  const response = await fetch(`${plane.ready.director}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${plane.ready.token}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as never;
}

async function lastOperation(location: string): Promise<{ operation_type: string; status: string; error?: string }> {
  const response = await fetch(location, { headers: { authorization: `Bearer ${plane.ready.token}` } });
  return (await response.json()) as never;
}

async function ended(location: string): Promise<{ operation_type: string; status: string; error?: string }> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const state = await lastOperation(location);
    if (state.status !== 'IN_PROGRESS') return state;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the operation does not end');
}

const orders = (type: string) => `webhooks: [{
  type: ${type}, mode: ASYNC, url: "${address}/order", retryInterval: 0,
  outputTemplate: "{\\"location\\":\\"{{.Headers.Location}}\\",\\"success_status_code\\":202,\\"error\\":\\"{{.Body.error}}\\"}",
  statusTemplate: "{\\"status\\":\\"{{.Body.status}}\\",\\"success_status_code\\":200,\\"success_status_identifier\\":\\"OK\\",\\"in_progress_status_identifier\\":\\"BUSY\\",\\"failed_status_identifier\\":\\"BAD\\",\\"error\\":\\"{{.Body.error}}\\"}"
}]`;

const conditionOf = async (id: string) =>
  (await ask(`{ a: application(id: "${id}") { status { condition } } }`)).data!['a']?.status.condition;
const idIn = (location: string) => location.split('/').at(-1)!;

it('an operation without a webhook ends at once, and its field is left out of the answer', async () => {
  const { data, extensions } = await ask(
    'mutation { a: registerApplication(in: {name: "alone"}, mode: ASYNC) { id } b: registerApplication(in: {name: "other"}) { name } }',
  );
  expect(data).toEqual({ b: { name: 'other' } });
  expect(extensions!.locations).toHaveLength(1);
  expect(await ended(extensions!.locations[0]!)).toMatchObject({ operation_type: 'Create', status: 'SUCCEEDED' });
  expect(await conditionOf(idIn(extensions!.locations[0]!))).toBe('CREATE_SUCCEEDED');
});

it('a webhook carries it out; meanwhile nothing else may happen', async () => {
  status = 'BUSY';
  const { extensions } = await ask(
    `mutation { a: registerApplication(in: {name: "ordered", ${orders('REGISTER_APPLICATION')}}, mode: ASYNC) { id } }`,
  );
  const location = extensions!.locations[0]!;
  expect(await lastOperation(location)).toMatchObject({ status: 'IN_PROGRESS' });
  expect(await conditionOf(idIn(location))).toBe('CREATING');
  const refused = await ask(`mutation { a: unregisterApplication(id: "${idIn(location)}") { id } }`);
  expect(refused.errors![0]!.message).toBe('Concurrent operation [reason=create operation is in progress]');
  status = 'OK';
  expect(await ended(location)).toMatchObject({ status: 'SUCCEEDED' });
  expect(asked).toEqual(expect.arrayContaining(['GET /order', 'GET /state']));
});

it('a failed removal keeps the application, a good one takes it away', async () => {
  const { data } = await ask(`mutation { a: registerApplication(in: {name: "leaving", ${orders('UNREGISTER_APPLICATION')}}) { id } }`);
  const removal = `mutation { a: unregisterApplication(id: "${data!['a']!.id}", mode: ASYNC) { id } }`;
  status = 'BAD';
  const failed = await ask(removal);
  expect(await ended(failed.extensions!.locations[0]!)).toMatchObject({
    operation_type: 'Delete',
    status: 'FAILED',
    error: '{"error":"the operation failed"}',
  });
  expect(await conditionOf(data!['a']!.id)).toBe('DELETE_FAILED');
  status = 'OK';
  const gone = await ask(removal);
  expect(await ended(gone.extensions!.locations[0]!)).toMatchObject({
    data: null,
    errors: [{ message: expect.stringMatching(/^Object not found: Operation for application with id .* not found/) as string }],
  });
  expect(await conditionOf(data!['a']!.id)).toBeUndefined();
});
