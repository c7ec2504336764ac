/** Commands about provisioned runtimes: what is checked before anything is sent, and what is said when it goes wrong. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compass, newHome } from './support/compass.ts';
import { type StandIn, standIn } from './support/director.ts';

let plane: StandIn;
beforeEach(async () => {
  plane = await standIn();
});
afterEach(() => plane.close());

/** A command that waits for what never comes must fail by itself: it would wait ten minutes. */
const env = { COMPASS_TIMEOUT: '5s' };
const run = (...argv: string[]) => compass(['runtime', ...argv, '--url', plane.url, '--token', 't', '--tenant', 'x'], { env });
const ID = '5b2d8b49-2f6b-4f0e-8f4f-1f3f0a4c7a55';

/** A file that works, with one change. */
async function file(change: (text: string) => string, command = 'provision'): Promise<string> {
  const { stdout } = await compass(['runtime', command, '--print-example']);
  const path = join(newHome(), 'settings.yaml');
  writeFileSync(path, change(stdout));
  return path;
}
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

describe('a file with settings', () => {
  test.each(['aws', 'azure', 'gcp', 'openstack'])('the example for %s is one that is sent', async (provider) => {
    const { stdout } = await compass(['runtime', 'provision', '--print-example', '--cloud-provider', provider]);
    expect(stdout).toMatch(/^# /);
    const path = join(newHome(), 'settings.yaml');
    writeFileSync(path, stdout);
    await run('provision', '--name', 'prod', '--file', path);
    expect(plane.asked.map(({ operation }) => operation)).toEqual(['ProvisionRuntime']);
    expect(plane.asked[0]?.variables).toMatchObject({
      config: { runtimeInput: { name: 'prod' }, clusterConfig: { gardenerConfig: { provider, maxSurge: 1 } } },
    });
  });

  test('the example of a change is one that is sent; flags go before it', async () => {
    await run('upgrade', ID, '--file', await file((text) => text, 'upgrade'), '--max-nodes', '9');
    expect(plane.asked[0]?.variables).toMatchObject({ id: ID, config: { gardenerConfig: { autoScalerMin: 2, autoScalerMax: 9 } } });
  });

  test('every fault is told with its line, and nothing is sent', async () => {
    let text = '';
    const path = await file((example) => {
      text = example
        .replace('machineType:', 'machinType:')
        .replace('autoScalerMin: 1', 'autoScalerMin: "1"')
        .replace('    vpcCidr: "10.250.0.0/16"\n', '')
        .replace('workerCidr: "10.250.0.0/16"', 'workerCidr: "ten"');
      return text;
    });
    const { exit, stderr } = await run('provision', '--name', 'prod', '--file', path);
    expect(exit).toBe(2);
    for (const [part, words] of [
      ['machinType', 'machinType is not known; machineType is'],
      ['autoScalerMin', 'autoScalerMin must be a whole number'],
      ['  awsConfig:', 'providerSpecificConfig.awsConfig.vpcCidr is missing'],
      ['workerCidr', 'workerCidr must be a range of addresses such as 10.250.0.0/16'],
    ] as const)
      expect(stderr).toContain(`${path}:${lineOf(text, part)}: ${words}`);
    expect(stderr).toContain('machineType is missing');
    expect(plane.asked).toEqual([]);
  });

  test('what flags give may be missing', async () => {
    const path = await file((text) => text.replace(/^machineType.*\n/m, ''));
    expect((await run('provision', '--name', 'prod', '--file', path)).exit).toBe(2);
    await run('provision', '--name', 'prod', '--file', path, '--machine-type', 'm9');
    expect(plane.asked[0]?.variables).toMatchObject({ config: { clusterConfig: { gardenerConfig: { machineType: 'm9' } } } });
  });

  test('a whole input of the API is taken, and its own name', async () => {
    const path = join(newHome(), 'input.json');
    writeFileSync(
      path,
      JSON.stringify({ runtimeInput: { name: 'prod', labels: { team: 'shop' } }, clusterConfig: { administrators: ['me'] } }),
    );
    await run('provision', '--file', path, '--region', 'eu-west-1');
    expect(plane.asked[0]?.variables).toMatchObject({
      config: {
        runtimeInput: { name: 'prod', labels: { team: 'shop' } },
        clusterConfig: { administrators: ['me'], gardenerConfig: { region: 'eu-west-1', provider: 'aws' } },
      },
    });
    writeFileSync(path, '{\n  "runtimeInput": { "name": "prod" },\n  "clusterConfg": {}\n}');
    expect((await run('provision', '--file', path)).stderr).toContain(`${path}:3: clusterConfg is not known; clusterConfig is`);
  });

  test.each([
    ['providerSpecificConfig:\n', 'providerSpecificConfig:\n  gcpConfig: { zones: [a] }\n', 'must hold exactly one of gcpConfig,'],
    ['autoScalerMax: 3', 'autoScalerMax: 0', 'autoScalerMin is more than autoScalerMax (0)'],
    ['maxSurge: 1', 'maxSurge: 1\nmachineImageVersion: "1"', 'machineImageVersion needs machineImage'],
    ['region: ', 'region: [', 'is no YAML'],
    ['region: ', 'region: *nobody # ', "can't be read: Unresolved alias"],
    ['autoScalerMax: 3', 'autoScalerMax: 3000000000', 'autoScalerMax must be a whole number'],
    ['autoScalerMax: 3', 'autoScalerMax: 3\nconstructor: 1', 'constructor is not known'],
    ['autoScalerMax: 3', 'autoScalerMax: 3\n__proto__: { a: 1 }', '__proto__ is not known'],
  ])('%j made %j is refused', async (before, after, words) => {
    const { exit, stderr } = await run('provision', '--name', 'prod', '--file', await file((text) => text.replace(before, after)));
    expect([exit, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});

describe('an operation', () => {
  const operation = (part: object) => ({
    data: {
      operation: {
        id: 'o',
        operation: 'UpgradeShoot',
        state: 'InProgress',
        message: 'Starting Gardener Shoot upgrade',
        runtimeID: ID,
        compassRuntimeID: ID,
        lastError: { errMessage: '', reason: '', component: '' },
        ...part,
      },
    },
  });

  test('that another one keeps from beginning is a conflict', async () => {
    plane.answers = {
      UpgradeRuntimeShoot: {
        data: { operation: null },
        errors: [
          {
            message: `cannot start new operation for ${ID} Runtime while previous one is in progress`,
            extensions: { error_code: 400, error_reason: 'err_provisioner_internal', error_component: 'provisioner' },
          },
        ],
      },
    };
    // The stand-in knows nothing of operations, as another Compass would not.
    const { exit, stderr } = await run('upgrade', ID, '--machine-type', 'm');
    expect([exit, stderr]).toEqual([5, expect.stringContaining(`Runtime ${ID} is being changed`)]);
  });

  test('that failed is told with its last words, and what to do', async () => {
    const lastError = { errMessage: 'no room', reason: 'ERR_INFRA_QUOTA_EXCEEDED, ERR_INFRA_DEPENDENCIES', component: 'gardener' };
    plane.answers = { UpgradeRuntimeShoot: operation({}), RuntimeOperation: operation({ state: 'Failed', message: 'no room', lastError }) };
    const { exit, stderr } = await run('upgrade', ID, '--machine-type', 'm');
    expect(exit).toBe(1);
    expect(stderr).toContain('error: no room');
    expect(stderr).toContain('raise its quota');
  });

  test('that takes longer than one waits goes on: 7', async () => {
    plane.answers = {
      UpgradeRuntimeShoot: operation({}),
      RuntimeOperation: operation({ message: 'Operation in progress. Stage WaitingForShootUpgrade' }),
    };
    const { exit, stderr } = await run('upgrade', ID, '--machine-type', 'm', '--timeout', '300ms');
    expect(exit).toBe(7);
    expect(stderr).toContain('WaitingForShootUpgrade');
    expect(stderr).toContain('The operation goes on');
  });

  test('goes on when its plane, which died while one waited, is there again', async () => {
    plane.answers = {
      UpgradeRuntimeShoot: operation({}),
      RuntimeOperation: () => {
        void plane.close();
        return operation({});
      },
    };
    const { exit, stderr } = await run('upgrade', ID, '--machine-type', 'm');
    expect([exit, stderr]).toEqual([6, expect.stringContaining('The operation goes on: `compass runtime status')]);
  });

  test('is one line that changes on a terminal', async () => {
    let looks = 0;
    plane.answers = {
      UpgradeRuntimeShoot: operation({}),
      RuntimeOperation: () =>
        (looks += 1) < 3
          ? operation({ message: 'Operation in progress. Stage WaitingForShootUpgrade' })
          : operation({ state: 'Succeeded' }),
    };
    const { exit, stderr } = await compass(
      ['runtime', 'upgrade', ID, '--machine-type', 'm', '--url', plane.url, '--token', 't', '--tenant', 'x'],
      { terminal: true, env },
    );
    expect(exit).toBe(0);
    expect(stderr).toMatch(/\r\u001B\[2K. WaitingForShootUpgrade \d s/);
    // Cleared before the answer.
    expect(stderr).toContain('\r\u001B[2KChanged runtime');
  });

  test('is printed at once with --no-wait', async () => {
    plane.answers = { UpgradeRuntimeShoot: operation({}) };
    expect((await run('upgrade', ID, '--machine-type', 'm', '--no-wait')).exit).toBe(0);
    expect(plane.asked.map(({ operation: name }) => name)).toEqual(['UpgradeRuntimeShoot']);
  });

  test('whose message calls itself an error is not called one twice', async () => {
    const errMessage = 'error: timeout while processing operation';
    const lastError = { errMessage, reason: 'err_provisioner_timeout', component: 'provisioner' };
    plane.answers = {
      UpgradeRuntimeShoot: operation({}),
      RuntimeOperation: operation({ state: 'Failed', message: errMessage, lastError }),
    };
    const { stderr } = await run('upgrade', ID, '--machine-type', 'm');
    expect(stderr).toContain(`error: timeout while`);
    expect(stderr).not.toContain('error: error:');
  });

  test('needs something to change', async () => {
    expect((await run('upgrade', ID)).exit).toBe(2);
  });
});

test.each([
  ['status', []],
  ['operations', []],
  ['logs', []],
  ['kubeconfig', []],
  ['wake', []],
  ['hibernate', []],
  ['reconnect', ['--no-wait']],
  ['deprovision', ['--yes']],
  ['upgrade', ['--machine-type', 'm']],
] as const)('%s of a runtime that the Provisioner does not know says so, and what to do', async (command, more) => {
  const extensions = { error_code: 2, error_reason: 'err_db_not_found', error_component: 'db - provisioner' };
  const unknown = { data: null, errors: [{ message: `Cannot find Tenant for runtimeID:'${ID}`, extensions }] };
  const names = [
    'ProvisionedRuntime',
    'RuntimeKubeconfig',
    'ProvisionedConnection',
    'HibernateRuntime',
    'DeprovisionRuntime',
    'UpgradeRuntimeShoot',
  ];
  plane.answers = { ...Object.fromEntries(names.map((name) => [name, unknown])), ReconnectRuntimeAgent: { data: { answer: '' } } };
  const { exit, stderr } = await run(command, ID, ...more);
  expect([exit, stderr]).toEqual([3, expect.stringContaining(`Runtime ${ID} was not provisioned here.`)]);
  expect(stderr).toContain(`compass runtime get ${ID}`);
});

test('the status shows no kubeconfig to whoever reads along: `runtime kubeconfig` gives it', async () => {
  plane.answers = {
    ProvisionedRuntime: {
      data: {
        runtime: {
          lastOperationStatus: null,
          runtimeConnectionStatus: { status: 'Connected', errors: null },
          runtimeConfiguration: { kubeconfig: 'token: s3cret', clusterConfig: null },
        },
      },
    },
  };
  const { exit, stdout } = await run('status', ID, '--json');
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ runtimeConfiguration: { kubeconfig: '********' } });
  expect(stdout).not.toContain('s3cret');
});

describe('Kyma', () => {
  const kymaFile = (change: (text: string) => string = (text) => text) => file(change, 'upgrade-kyma');

  test('in the example is one that is sent, by a provisioning as well', async () => {
    await run('upgrade-kyma', ID, '--file', await kymaFile());
    await run('provision', '--name', 'prod', '--kyma-file', await kymaFile());
    const kymaConfig = { version: '1.24.10', profile: 'Evaluation', configuration: [{ key: 'global.domainName', value: 'example.com' }] };
    expect(plane.asked.map(({ operation, variables }) => [operation, variables.config])).toMatchObject([
      ['UpgradeRuntimeKyma', { kymaConfig }],
      ['ProvisionRuntime', { runtimeInput: { name: 'prod' }, kymaConfig }],
    ]);
  });

  test('with faults is told line by line, in a whole input too, and nothing is sent', async () => {
    let text = '';
    const path = await kymaFile((example) => {
      text = example
        .replace('compass-runtime-agent', 'agent')
        .replace('profile: Evaluation', 'profile: Tiny')
        .replace('namespace: istio-system', 'space: i');
      return text;
    });
    const faults = [
      ['components:', 'components must have compass-runtime-agent among them'],
      ['profile: ', 'profile must be one of Evaluation, Production'],
      ['space: i', 'components[1].space is not known; namespace is'],
    ] as const;
    for (const command of [
      ['upgrade-kyma', ID, '--file', path],
      ['provision', '--name', 'prod', '--kyma-file', path],
    ]) {
      const { exit, stderr } = await run(...command);
      expect(exit).toBe(2);
      for (const [part, words] of faults.slice(0, 2)) expect(stderr).toContain(`${path}:${lineOf(text, `\n${part}`) + 1}: ${words}`);
      expect(stderr).toContain('components[1].space is not known');
    }
    const whole = join(newHome(), 'input.yaml');
    writeFileSync(whole, 'kymaConfig:\n  version: "1"\n  components: []\n');
    expect((await run('provision', '--name', 'prod', '--file', whole)).stderr).toContain(
      `${whole}:3: kymaConfig.components must have compass-runtime-agent among them`,
    );
    expect(plane.asked).toEqual([]);
  });

  test('that nobody installs there is refused with what to do', async () => {
    const message = `input: operation failed to upgrade cluster: ${ID} Kyma configuration of the cluster is managed by Reconciler`;
    const extensions = { error_code: 500, error_reason: 'err_provisioner_internal', error_component: 'provisioner' };
    const answer = { data: null, errors: [{ message, extensions }] };
    plane.answers = { UpgradeRuntimeKyma: answer, RollBackRuntimeKyma: answer };
    for (const command of [
      ['upgrade-kyma', ID, '--file', await kymaFile()],
      ['rollback-kyma', ID],
    ]) {
      const { exit, stderr } = await run(...command);
      expect([exit, stderr]).toEqual([1, expect.stringContaining(message)]);
      expect(stderr).toContain('--provisioner-profile full');
    }
  });
});

describe('sleep', () => {
  test('that the Provisioner knows nothing of is a conflict', async () => {
    plane.answers = { HibernateRuntime: { data: { operation: null } } };
    const { exit, stderr } = await run('hibernate', ID);
    expect([exit, stderr]).toEqual([5, expect.stringContaining('--provisioner-profile full')]);
  });

  test('keeps an agent from connecting, which nobody waits for', async () => {
    const runtime = { runtimeConnectionStatus: { status: 'Pending' }, hibernationStatus: { hibernated: true } };
    plane.answers = { ReconnectRuntimeAgent: { data: { answer: '' } }, ProvisionedConnection: { data: { runtime } } };
    const { exit, stderr } = await run('reconnect', ID);
    expect([exit, stderr]).toEqual([5, expect.stringContaining(`compass runtime wake ${ID}`)]);
    expect((await run('reconnect', ID, '--no-wait')).exit).toBe(5);
  });

  test('is ended by a call that other Provisioners do not have, and whose refusals are told', async () => {
    plane.answers = {
      ProvisionedConnection: { data: { runtime: { runtimeConnectionStatus: { status: 'Pending' }, hibernationStatus: null } } },
    };
    const other = await run('wake', ID);
    expect([other.exit, other.stderr]).toEqual([5, expect.stringContaining('wakes no runtimes')]);
    plane.answers = {
      anonymous: {
        status: 400,
        ...({ error: { code: 400, message: 'the cluster can not be woken: no machines', reason: 'err_provisioner_internal' } } as object),
      },
    };
    const refused = await run('wake', ID);
    expect([refused.exit, refused.stderr]).toEqual([1, expect.stringContaining('no machines')]);
  });
});
