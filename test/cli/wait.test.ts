import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { duration } from '../../src/cli/input/duration.ts';
import { Contexts } from '../../src/cli/connection/contexts.ts';
import { compass, newHome } from './support/compass.ts';
import { fault, type StandIn, standIn } from './support/director.ts';

let director: StandIn;
beforeAll(async () => {
  director = await standIn();
});
afterAll(() => director.close());

const id = '5b2d8b49-2f6b-4f0e-8f4f-1f3f0a4c7a55';
const wait = (words: readonly string[]) => compass(['wait', ...words, '--interval', '5ms', '--url', director.url]);
const runtime = (condition: string) => ({ data: { runtime: { id, name: 'prod', status: { condition, timestamp: '' } } } });

test('looks until the state is there', async () => {
  let looks = 0;
  director.answers = { RuntimeConnection: () => runtime(++looks < 3 ? 'INITIAL' : 'CONNECTED') };
  const ran = await wait(['runtime', id]);
  expect(ran).toMatchObject({ exit: 0, stdout: `${id}\tCONNECTED\n` });
  expect(looks).toBe(3);
  expect(ran.stderr).toBe(`Waiting for runtime ${id} to be CONNECTED: it is INITIAL …\n`);
});

test('waits for what is not there yet', async () => {
  let looks = 0;
  director.answers = { RuntimeConnection: () => (++looks < 2 ? { data: { runtime: null } } : runtime('CONNECTED')) };
  expect((await wait(['runtime', id])).exit).toBe(0);
});

test('ends with 7 when the time is over', async () => {
  director.answers = { RuntimeConnection: runtime('INITIAL') };
  const ran = await wait(['runtime', id, '--timeout', '40ms']);
  expect([ran.exit, ran.stderr.includes(`runtime ${id} to be CONNECTED: it is INITIAL.`)]).toEqual([7, true]);
});

test('says so where there is none', async () => {
  director.answers = { RuntimeConnection: { data: { runtime: null } } };
  expect((await wait(['runtime', id, '--timeout', '20ms'])).stderr).toContain('to be CONNECTED: there is none.');
});

test.each([
  ['nobody has it', { data: { application: null } }],
  ['the plane knows none', fault('Object not found [object=application]', 'NotFound', 20)],
])('until it is gone: %s', async (_, answer) => {
  let looks = 0;
  const there = { data: { application: { id, status: { condition: 'CONNECTED', timestamp: '' } } } };
  director.answers = { ApplicationStatus: () => (++looks < 2 ? there : answer) };
  expect(await wait(['app', id, '--for', 'gone'])).toMatchObject({ exit: 0, stdout: `${id}\tGONE\n` });
  expect(looks).toBe(2);
});

test('a state that such objects never have is refused, with those that they have', async () => {
  const ran = await wait(['runtime', id, '--for', 'READY']);
  expect(ran.exit).toBe(2);
  expect(ran.stderr).toContain('Take one of CONNECTED, INITIAL, PROVISIONING, FAILED, GONE.');
});

test('does not wait where waiting mends nothing', async () => {
  director.answers = { RuntimeConnection: fault('Unauthorized', 'Unauthorized', 26) };
  expect((await wait(['runtime', id])).exit).toBe(4);
});

test('the plane: until it is there', async () => {
  const ran = await compass(['wait', 'plane', '--timeout', '30ms', '--interval', '5ms', '--url', 'http://127.0.0.1:1']);
  expect(ran.exit).toBe(7);
});

test('the plane: what answers in its place is told', async () => {
  const other = createServer((_, response) => response.writeHead(503).end());
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const ran = await compass(['wait', 'plane', '--timeout', '60ms', '--interval', '5ms', '--url', url]);
  expect([ran.exit, ran.stderr]).toEqual([7, expect.stringContaining(`the management plane: ${url}/director/readyz answered 503.`)]);
  other.close();
});

test.each([
  ['30', 30_000],
  ['1.5s', 1500],
  ['500ms', 500],
  ['1h30m', 5_400_000],
])('%s is %i ms', (text, milliseconds) => expect(duration(text)).toBe(milliseconds));

test.each(['', 'soon', '5 minutes', '-3s', '1h 30'])('%j is no duration', (text) => expect(() => duration(text)).toThrow(/no duration/));

test('a plane that nobody knows yet is waited for, other things are not', async () => {
  const home = newHome();
  const env = { COMPASS_HOME: home };
  setTimeout(() => new Contexts(env).save('local', { director: `${director.url}/director` }), 60);
  const ran = await compass(['wait', 'plane', '--interval', '10ms', '--timeout', '5s'], { env });
  expect(ran).toMatchObject({ exit: 0, stderr: 'Waiting for the management plane: No management plane is known. …\n' });
  expect((await compass(['wait', 'app', 'shop', '--timeout', '5s'])).exit).toBe(2);
});
