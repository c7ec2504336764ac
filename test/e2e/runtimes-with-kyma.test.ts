/** Runtimes of planes with the profile `full`, driven by the program: simulated ones with Kyma, and a local one that sleeps. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Home, newHome, type Serving } from './support/plane.ts';

const PATIENCE = { timeout: 30_000, interval: 100 };

interface Status {
  readonly lastOperationStatus: { readonly operation: string; readonly state: string };
  readonly runtimeConnectionStatus: { readonly status: string };
  readonly runtimeConfiguration: { readonly kymaConfig: { readonly version: string } | null };
  readonly hibernationStatus: { readonly hibernated: boolean };
}

const KYMA = (version: string) =>
  JSON.stringify({
    version,
    components: [
      { component: 'istio', namespace: 'istio-system', configuration: [{ key: 'password', value: 'kept-to-itself', secret: true }] },
      { component: 'compass-runtime-agent', namespace: 'compass-system' },
    ],
  });

let home: Home;
let plane: Serving;
const statusOf = (name: string) => home.json<Status>('runtime', 'status', name);
const conditionOf = async (name: string) => (await home.json<{ status: { condition: string } }>('runtime', 'get', name)).status.condition;
/** Runs the program to its end, which must be a good one; answers what it said meanwhile. */
async function done(...argv: string[]): Promise<string> {
  const { exit, stdout, stderr } = await home.compass(argv);
  expect([exit, exit === 0 ? '' : stdout + stderr]).toEqual([0, '']);
  return stderr;
}

describe('simulated', () => {
  const serve = () =>
    home.serve([
      '--data-dir',
      join(home.path, 'state'),
      '--provisioner-profile',
      'full',
      '--provider',
      'simulated',
      '--simulated-stage',
      '50ms',
    ]);
  beforeAll(async () => {
    home = newHome();
    for (const version of ['1.24', '1.25']) writeFileSync(join(home.path, `kyma-${version}.json`), KYMA(version));
    plane = await serve();
  });
  afterAll(async () => {
    await plane.stop();
    home.remove();
  });
  const file = (version: string) => join(home.path, `kyma-${version}.json`);

  test('a runtime with Kyma is provisioned, upgraded, rolled back, put to sleep and taken down', async () => {
    const said = await done(
      'runtime',
      'provision',
      '--name',
      'prod',
      '--kyma-file',
      file('1.24'),
      '--label',
      'simulate={"stages":{"install":"1s"}}',
    );
    expect(said).toContain('5/7 Installation in progress: component istio (1 of 2)');
    expect(await statusOf('prod')).toMatchObject({
      lastOperationStatus: { operation: 'Provision', state: 'Succeeded' },
      runtimeConnectionStatus: { status: 'Connected' },
      runtimeConfiguration: { kymaConfig: { version: '1.24' } },
      hibernationStatus: { hibernated: false },
    });
    expect(await conditionOf('prod')).toBe('CONNECTED');

    // The plane is killed while it upgrades, and goes on.
    await done('runtime', 'upgrade-kyma', 'prod', '--file', file('1.25'), '--no-wait');
    await plane.stop('SIGKILL');
    plane = await serve();
    await expect
      .poll(async () => (await statusOf('prod')).lastOperationStatus, PATIENCE)
      .toMatchObject({
        operation: 'Upgrade',
        state: 'Succeeded',
      });
    expect((await statusOf('prod')).runtimeConfiguration.kymaConfig).toMatchObject({ version: '1.25' });
    expect(await home.json('runtime', 'rollback-kyma', 'prod')).toMatchObject({ version: '1.24' });

    await done('runtime', 'hibernate', 'prod');
    expect(await statusOf('prod')).toMatchObject({ hibernationStatus: { hibernated: true } });
    const { exit, stderr } = await home.compass(['runtime', 'rollback-kyma', 'prod']);
    expect([exit, stderr]).toEqual([1, expect.stringContaining('upgrade can be rolled back only if')]);
    await done('runtime', 'deprovision', 'prod', '--yes');
    expect((await home.compass(['runtime', 'get', 'prod'])).exit).toBe(3);
    const state = join(home.path, 'state');
    const kept = readdirSync(state).filter((name) => name.endsWith('.json') || name.endsWith('.jsonl'));
    const texts = kept.map((name) => readFileSync(join(state, name), 'utf8')).join('');
    expect(texts).toContain('provisionedRuntimes');
    expect(texts).not.toContain('kept-to-itself');
  });

  test('what goes wrong is told with what to do', async () => {
    const failed = await home.compass([
      'runtime',
      'provision',
      '--name',
      'bad',
      '--kyma-file',
      file('1.24'),
      '--label',
      'simulate=install-failed',
    ]);
    expect([failed.exit, failed.stderr]).toEqual([1, expect.stringContaining('a component could not be installed')]);
    expect(failed.stderr).toContain('compass runtime upgrade-kyma bad');
    await done('runtime', 'upgrade-kyma', 'bad', '--file', file('1.25'));
  });
});

describe('local', () => {
  const serve = () => home.serve(['--data-dir', join(home.path, 'state'), '--provisioner-profile', 'full']);
  beforeAll(async () => {
    home = newHome();
    writeFileSync(join(home.path, 'kyma.json'), KYMA('1.24'));
    plane = await serve();
  });
  afterAll(async () => {
    await plane.stop();
    home.remove();
  });

  const connection = async () => (await statusOf('prod')).runtimeConnectionStatus.status;
  const credentials = (id: string) => join(home.path, 'state', 'runtimes', id, 'credentials.json');
  const agentStatus = (id: string) =>
    JSON.parse(readFileSync(join(home.path, 'state', 'runtimes', id, 'status.json'), 'utf8')) as { pid: number; running?: boolean };
  function isAlive(pid: number): boolean {
    try {
      return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  }

  test('the agent of a runtime that sleeps stops, stays stopped when the plane is started again, and goes on when it wakes', async () => {
    await done('runtime', 'provision', '--name', 'prod', '--kyma-file', join(home.path, 'kyma.json'));
    const { id } = await home.json<{ id: string }>('runtime', 'get', 'prod');
    expect([await connection(), await conditionOf('prod')]).toEqual(['Connected', 'CONNECTED']);
    const { pid } = agentStatus(id);
    expect(isAlive(pid)).toBe(true);
    const paired = readFileSync(credentials(id), 'utf8');

    await done('runtime', 'hibernate', 'prod');
    expect([isAlive(pid), await connection()]).toEqual([false, 'Pending']);

    await plane.stop('SIGKILL');
    plane = await serve();
    expect(await statusOf('prod')).toMatchObject({ hibernationStatus: { hibernated: true } });
    expect([isAlive(agentStatus(id).pid), readFileSync(credentials(id), 'utf8')]).toEqual([false, paired]);

    await done('runtime', 'wake', 'prod');
    await expect.poll(connection, PATIENCE).toBe('Connected');
    expect(agentStatus(id).pid).not.toBe(pid);

    await done('runtime', 'hibernate', 'prod');
    await done('runtime', 'deprovision', 'prod', '--yes');
    expect(existsSync(join(home.path, 'state', 'runtimes', id))).toBe(false);
    expect((await home.compass(['runtime', 'get', 'prod'])).exit).toBe(3);
  });
});
