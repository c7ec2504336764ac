/** The agent against a plane over real sockets: how it comes, goes on, and what it says when it cannot. */
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectApplication, resetAgent, runAgent } from '../../../src/agent/agent.ts';
import { roundNow } from '../../../src/agent/ask.ts';
import { loadCredentials, type Credentials } from '../../../src/agent/credentials.ts';
import type { AgentOptions } from '../../../src/agent/options.ts';
import { agentStatus } from '../../../src/agent/status.ts';
import { DEFAULT_OPTIONS, type PlaneOptions } from '../../../src/local/options.ts';
import { type Plane, startPlane } from '../../../src/local/plane.ts';
import { createConnectorAuthority } from '../../../src/pki/authority.ts';

let home: string;
let plane: Plane;
let options: PlaneOptions;
let ca: string;
let dir: string;
let runtime: string;
let application: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'compass-agents-'));
  const files = await createConnectorAuthority(new Date(), 2048);
  const [caCert, caKey] = [join(home, 'clients.pem'), join(home, 'clients.key')];
  writeFileSync(caCert, files.certificate);
  writeFileSync(caKey, files.privateKey);
  options = { ...DEFAULT_OPTIONS, version: '0.0.0-test', ephemeral: false, dataDir: join(home, 'plane'), caCert, caKey };
  plane = await startPlane(options);
  ca = readFileSync(plane.ready.caFile, 'utf8');
  ({ id: application } = await ask<{ id: string }>('mutation { r: registerApplication(in: { name: "shop" }) { id } }'));
  ({ id: runtime } = await ask<{ id: string }>(
    'mutation { r: registerRuntime(in: { name: "prod", labels: { runtimeType: "kyma" } }) { id } }',
  ));
});
afterAll(async () => {
  await plane.close();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  dir = mkdtempSync(join(home, 'agent-'));
});

async function ask<T = unknown>(query: string): Promise<T> {
  const response = await fetch(`${plane.ready.director}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${plane.ready.token}` },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: { r: T }; errors?: unknown };
  expect(errors).toBeUndefined();
  return data.r;
}

const tokenOf = async (kind: 'Runtime' | 'Application', id: string) =>
  (await ask<{ rawEncoded: string }>(`mutation { r: requestOneTimeTokenFor${kind}(id: "${id}") { rawEncoded } }`)).rawEncoded;

const run = async (more: Partial<AgentOptions> = {}) => runAgent({ dir, ca, keyBits: 2048, once: true, ...more });
const paired = async (more: Partial<AgentOptions> = {}) => run({ token: await tokenOf('Runtime', runtime), ...more });
const certificateOf = ({ chain }: Credentials) => new X509Certificate(chain);
const credentials = async () => (await loadCredentials(dir))!;

describe('an agent', () => {
  it('pairs once, and goes on without a token, also after the plane was started again', async () => {
    await paired({ eventsURL: 'https://events.example.com', consoleURL: 'https://console.example.com' });
    expect(await agentStatus(dir)).toMatchObject({ state: 'Synchronized', running: false, runtime: { id: runtime, name: 'prod' } });
    expect(await ask(`{ r: runtime(id: "${runtime}") { labels status { condition } } }`)).toMatchObject({
      labels: { runtime_eventServiceUrl: 'https://events.example.com', runtime_consoleUrl: 'https://console.example.com' },
      status: { condition: 'CONNECTED' },
    });
    const before = await credentials();

    const [port, mtlsPort] = [plane.ready.gateway, plane.ready.mtls!].map((url) => Number(new URL(url).port));
    await plane.close();
    await expect(run()).rejects.toThrow('does not answer');
    expect(await agentStatus(dir)).toMatchObject({ state: 'ConnectionMaintenanceFailed' });
    plane = await startPlane({ ...options, port: port!, mtlsPort: mtlsPort! });
    await run();
    expect(await agentStatus(dir)).toMatchObject({ state: 'Synchronized' });
    expect((await agentStatus(dir))!.connection).not.toHaveProperty('error');
    expect((await credentials()).chain).toBe(before.chain);
  });

  it('says that its token opens nothing', async () => {
    const token = await tokenOf('Runtime', runtime);
    await run({ token });
    await resetAgent({ dir, ca });
    await expect(run({ token })).rejects.toThrow('does not take this token');
    expect(await agentStatus(dir)).toMatchObject({
      state: 'ConnectionFailed',
      connection: { error: expect.stringContaining('used before') as string },
    });
    await expect(run({ token: await tokenOf('Application', application) })).rejects.toThrow('an agent works for a runtime');
  });

  it('says that its certificate was given back, and pairs anew with a token', async () => {
    await paired();
    const old = await credentials();
    await ask(`mutation { r: deleteSystemAuthForRuntime(authID: "${/CN=(.*)/.exec(certificateOf(old).subject)![1]}") { id } }`);
    await expect(run()).rejects.toThrow();
    expect(await agentStatus(dir)).toMatchObject({
      state: 'ConnectionMaintenanceFailed',
      connection: { error: expect.stringMatching(/was given back.*compass agent reset/) as string },
    });
    await paired();
    expect(await agentStatus(dir)).toMatchObject({ state: 'Synchronized' });
    expect((await credentials()).chain).not.toBe(old.chain);
  });

  it('renews when it is told to, and gives the old certificate back', async () => {
    await paired();
    const old = await credentials();
    await run({ renewNow: true });
    const fresh = await credentials();
    expect(certificateOf(fresh).serialNumber).not.toBe(certificateOf(old).serialNumber);
    expect(fresh.key).not.toBe(old.key);
    expect((await agentStatus(dir))!.connection.renewed).toBeDefined();
    writeFileSync(join(dir, 'credentials.json'), JSON.stringify(old));
    await expect(run()).rejects.toThrow('was given back');
  });

  it('renews in time by itself', async () => {
    const month = 30 * 24 * 3_600_000;
    await paired();
    const old = await credentials();
    await run({ clock: () => new Date(Date.now() + month) });
    expect((await credentials()).chain).toBe(old.chain);
    await run({ clock: () => new Date(Date.now() + 2.2 * month) });
    expect((await credentials()).chain).not.toBe(old.chain);
  });

  it.each([
    ['ahead', 200],
    ['behind', -200],
  ])('with a clock that is far %s keeps its certificate, and says so', async (where, days) => {
    const clock = () => new Date(Date.now() + days * 24 * 3_600_000);
    await paired({ clock });
    const { chain } = await credentials();
    await run({ clock });
    expect((await credentials()).chain).toBe(chain);
    expect((await agentStatus(dir))!.problems).toEqual([
      expect.stringMatching(new RegExp(`clock is about 288000 minutes ${where}`)) as string,
    ]);
  });

  it('says that its folder is damaged', async () => {
    await paired();
    writeFileSync(join(dir, 'credentials.json'), '{');
    await expect(run()).rejects.toThrow(/credentials.json is damaged.*new one-time token/);
  });

  it('does what is wished for while it runs, and ends with its signal', async () => {
    const stop = new AbortController();
    const ended = paired({ once: false, interval: 60_000, signal: stop.signal });
    while ((await agentStatus(dir))?.state !== 'Synchronized') await new Promise((resolve) => setTimeout(resolve, 20));
    const { chain } = await credentials();
    const elsewhere = () => Promise.reject(new Error('it runs already'));
    expect(await roundNow(dir, { renew: false }, 5000, elsewhere)).toMatchObject({ outcome: 'done' });
    expect((await credentials()).chain).toBe(chain);
    expect(await roundNow(dir, { renew: true }, 5000, elsewhere)).toMatchObject({ outcome: 'done' });
    expect((await credentials()).chain).not.toBe(chain);
    stop.abort();
    await ended;
    expect(await agentStatus(dir)).toMatchObject({ running: false, stoppedAt: expect.any(String) as string });
  });

  it('leaves nothing of itself when it is reset', async () => {
    await paired();
    const old = await credentials();
    writeFileSync(join(dir, 'mine.txt'), 'mine');
    expect(await resetAgent({ dir, ca })).toEqual({});
    expect(
      readdirSync(dir)
        .sort()
        .filter((name) => !['applications', 'credentials'].includes(name)),
    ).toEqual(['mine.txt']);
    writeFileSync(join(dir, 'credentials.json'), JSON.stringify(old));
    await expect(run()).rejects.toThrow('was given back');
    expect((await resetAgent({ dir, ca })).notGivenBack).toBeDefined();
  });
});

describe('an application', () => {
  it('is paired once from its own side, with files for their owner alone', async () => {
    const token = await tokenOf('Application', application);
    const connected = await connectApplication({ dir, token, ca });
    expect(readdirSync(dir).sort()).toEqual(['certificate.pem', 'connection.json', 'key.pem']);
    for (const file of readdirSync(dir)) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
    const key = readFileSync(connected.files.key, 'utf8');
    const certificate = new X509Certificate(readFileSync(connected.files.certificate, 'utf8'));
    expect(certificate.subject).toContain(`CN=${connected.authId}`);
    expect(key).toContain('PRIVATE KEY');

    await expect(connectApplication({ dir, token: await tokenOf('Application', application), ca })).rejects.toThrow('there is a key');
    expect(readFileSync(connected.files.key, 'utf8')).toBe(key);
    await expect(connectApplication({ dir, token, ca, replace: true })).rejects.toThrow('does not take this token');
    expect(readFileSync(connected.files.key, 'utf8')).toBe(key);
    await expect(connectApplication({ dir: join(dir, 'other'), token: 'plain', ca })).rejects.toThrow('does not name the Connector');
  });
});
