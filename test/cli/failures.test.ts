import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compass } from './support/compass.ts';
import { fault, page, type StandIn, standIn } from './support/director.ts';

let director: StandIn;
beforeAll(async () => {
  director = await standIn();
});
afterAll(() => director.close());

const id = '5b2d8b49-2f6b-4f0e-8f4f-1f3f0a4c7a55';
const get = (words: readonly string[] = []) => compass(['app', 'get', id, '--url', director.url, ...words]);

describe('what the Director says becomes an exit code', () => {
  test.each([
    [10, 'InternalError', 1],
    [20, 'NotFound', 3],
    [21, 'NotUnique', 5],
    [22, 'InvalidData', 1],
    [23, 'InsufficientScopes', 4],
    [24, 'TenantRequired', 2],
    [25, 'TenantNotFound', 3],
    [26, 'Unauthorized', 4],
    [27, 'InvalidOperation', 5],
    [28, 'OperationTimeout', 7],
    [32, 'ConcurrentOperation', 5],
    [99, 'NeverHeardOf', 1],
  ])('%i %s: %i', async (code, name, exit) => {
    director.answers = { Application: fault('what happened', name, code) };
    const ran = await get();
    expect(ran.exit).toBe(exit);
    expect(ran.stderr).toContain('error: what happened');
    expect(ran.stdout).toBe('');
  });

  test.each(['appWebhook', 'runtimeWebhook', 'webhook', 'formationTemplateWebhook'])(
    'a second %s of a type: which command helps',
    async (object) => {
      director.answers = { Application: fault(`Object is not unique [object=${object}]`, 'NotUnique', 21) };
      const ran = await get();
      expect([ran.exit, ran.stderr]).toEqual([5, expect.stringContaining('webhook delete')]);
    },
  );

  test('refused without a token: that there was none', async () => {
    director.answers = { Application: fault('Unauthorized', 'Unauthorized', 26) };
    expect((await get()).stderr).toContain('No token was shown');
    expect((await get(['--token', 'x'])).stderr).not.toContain('No token was shown');
  });

  test('a formation that is not empty is a conflict, with what to do about it', async () => {
    director.answers = {
      Application: fault(
        'Internal Server Error [reason: formation cannot delete formation with ID "1", because it is not empty]',
        'InternalError',
        10,
      ),
    };
    const ran = await get();
    expect([ran.exit, ran.stderr]).toEqual([5, expect.stringContaining('formation unassign')]);
  });

  test('an object that is not there, though nobody complains: 3', async () => {
    director.answers = { Application: { data: { application: null } } };
    const ran = await get();
    expect(ran.exit).toBe(3);
    expect(ran.stderr).toContain('compass app list');
  });

  test('the Provisioner has codes of its own', async () => {
    const said = (error_code: number, error_reason: string) => ({
      data: null,
      errors: [{ message: 'no', extensions: { error_code, error_reason, error_component: 'db - provisioner' } }],
    });
    const status = () => compass(['runtime', 'status', id, '--url', director.url]);
    director.answers = { ProvisionedRuntime: said(2, 'err_db_not_found') };
    expect((await status()).exit).toBe(3);
    director.answers = { ProvisionedRuntime: said(400, 'err_provisioner_internal') };
    expect((await status()).exit).toBe(1);
  });
});

describe('without an answer', () => {
  test('nobody listens: 6', async () => {
    const ran = await compass(['app', 'list', '--url', 'http://127.0.0.1:1']);
    expect(ran.exit).toBe(6);
    expect(ran.stderr).toContain('ECONNREFUSED');
    expect(ran.stderr).toContain('compass serve --local');
  });

  test.each([
    [404, 6],
    [401, 4],
    [502, 6],
  ])('HTTP %i without GraphQL: %i', async (status, exit) => {
    director.answers = { Application: { status, text: '<h1>nothing here</h1>' } };
    expect((await get()).exit).toBe(exit);
  });

  test('GraphQL errors with another status are told as such', async () => {
    director.answers = { Application: { ...fault('Tenant not found [externalTenant=x]', 'TenantNotFound', 25), status: 400 } };
    const ran = await get();
    expect([ran.exit, ran.stderr.includes('externalTenant=x')]).toEqual([3, true]);
  });
});

describe('for programs', () => {
  test('--json: the error stands on stdout, alone', async () => {
    director.answers = { Application: fault('Object not found [object=application]', 'NotFound', 20) };
    const ran = await get(['--json']);
    expect(ran.exit).toBe(3);
    expect(ran.stderr).toBe('');
    expect(JSON.parse(ran.stdout)).toMatchObject({
      error: {
        code: 'not_found',
        message: 'Object not found [object=application]',
        hint: 'See `compass app list`.',
        details: { status: 200, errors: [{ error: 'NotFound', error_code: 20 }] },
      },
    });
  });

  test('a wrong flag is told in JSON, too, and exits with 2', async () => {
    const ran = await compass(['app', 'list', '--outptu', 'json', '--json']);
    expect(ran.exit).toBe(2);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { code: 'usage', hint: 'Did you mean --output?' } });
  });

  test('yaml has errors in YAML', async () => {
    expect((await compass(['app', 'list', '-o', 'yaml', '--url', 'nonsense'])).stdout).toMatch(/^error:\n {2}code: usage\n/);
  });
});

describe('usage: 2, with the line that shows how it is typed', () => {
  test.each([
    ['no argument', ['app', 'get'], 'APPLICATION is missing: Name or id of the application.', 'compass app get APPLICATION [FLAGS]'],
    ['an argument too many', ['app', 'get', 'a', 'b'], 'Unexpected argument: b', 'compass app get APPLICATION [FLAGS]'],
    ['a flag that must be there', ['document', 'get', 'x', '--app', 'a'], '--bundle is missing.', '--app NAME --bundle NAME [FLAGS]'],
    ['a value that is not allowed', ['app', 'list', '--output', 'xml'], '--output: "xml" is none of text', 'compass app list [FLAGS]'],
    [
      'flags that exclude each other',
      ['app-template', 'register-app', 'x', '--value', 'n=4', '--payload', '{}'],
      '--value and --payload exclude each other.',
      'compass app-template register-app TEMPLATE [FLAGS]',
    ],
    ['no number', ['app', 'list', '--limit', 'many'], '--limit: Expected an integer but received: many\n', 'compass app list'],
    ['no duration', ['wait', 'plane', '--timeout', 'soon'], '--timeout: "soon" is no duration.\n', 'plane|'],
    ['a flag that is unknown', ['app', 'register', '--nmae', 'x'], 'There is no flag --nmae here.', 'compass app register [FLAGS]'],
    [
      'a label without a value',
      ['app', 'register', '--name', 'x', '--label', 'nothing', '--url', 'http://127.0.0.1:1'],
      'nothing',
      'compass app register',
    ],
    [
      'the address of the plane for that of a webhook',
      ['webhook', 'add', '--app', 'a', '--type', 'CONFIGURATION_CHANGED', '--url', 'http://127.0.0.1:1'],
      'management plane',
      'webhook add',
    ],
    ['nobody to ask', ['app', 'register', '--url', 'http://127.0.0.1:1'], '--name is missing.', 'compass app register [FLAGS]'],
  ])('%s', async (_, argv, message, usage) => {
    const ran = await compass(argv);
    expect(ran.exit).toBe(2);
    const [error, line] = [/^error: [^]*?(?=usage:)/.exec(ran.stderr)?.[0], /^usage: .*$/m.exec(ran.stderr)?.[0]];
    expect(error).toContain(message);
    expect(line).toContain(usage);
    expect(ran.stderr).not.toMatch(/ {4}at |See more help|Parsing|Note:/);
  });

  test('no context: what to do, and no line', async () => {
    const ran = await compass(['app', 'list']);
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain('compass serve --local');
    expect(ran.stderr).not.toContain('usage:');
  });
});

describe('a flag that was given as a variable is told by that', () => {
  test.each([
    [['app', 'list'], { COMPASS_OUTPUT: 'xml' }, 'COMPASS_OUTPUT: "xml" is none of text, json'],
    [['app', 'list'], { COMPASS_LIMIT: 'x' }, 'COMPASS_LIMIT: '],
    [['app', 'list'], { COMPASS_URL: ' ' }, 'COMPASS_URL: nothing is given'],
    [['app', 'list'], { COMPASS_JQ: 'map(' }, 'COMPASS_JQ: syntax error'],
    [['wait', 'plane'], { COMPASS_TIMEOUT: 'long' }, 'COMPASS_TIMEOUT: "long" is no duration'],
    [['serve', '--ephemeral'], { COMPASS_DATA_DIR: 'x' }, 'COMPASS_DATA_DIR'],
    [['serve'], { COMPASS_ONLY: 'nothing' }, 'COMPASS_ONLY: "nothing" is none of'],
  ])('%j %j', async (words, env, told) => {
    const ran = await compass(words, { env: env as Record<string, string> });
    expect([ran.exit, ran.stderr]).toEqual([2, expect.stringContaining(told)]);
  });

  test('one that may be given several times is read from its variable as it would be typed', async () => {
    const ran = await compass(['serve'], { env: { COMPASS_ONLY: 'provisioner,gateway' } });
    expect([ran.exit, ran.stderr]).toEqual([2, expect.stringContaining('COMPASS_ONLY: provisioner needs director, connector')]);
    director.answers = { Applications: { data: page([]) } };
    await compass(['app', 'list', '--url', director.url], { env: { COMPASS_LABEL: 'region="eu"' } });
    expect(director.asked.at(-1)?.variables).toMatchObject({ filter: [{ key: 'region' }] });
  });

  test.each([['--output=yml'], ['--output', 'yml'], ['-o', 'yml'], ['-oyml']])(
    'what is typed goes before it, and is told as that: %j',
    async (...words) => {
      const ran = await compass(['app', 'list', ...words], { env: { COMPASS_OUTPUT: 'xml' } });
      expect([ran.exit, ran.stderr]).toEqual([2, expect.stringContaining('--output: "yml" is none of')]);
    },
  );
});

describe('by name', () => {
  const rows = [
    { id, name: 'shop' },
    { id: '6b2d8b49-2f6b-4f0e-8f4f-1f3f0a4c7a55', name: 'twin' },
  ];
  const twins = [{ id: '7b2d8b49-2f6b-4f0e-8f4f-1f3f0a4c7a55', name: 'twin' }];
  beforeAll(() => {
    director.answers = {
      ApplicationNames: ({ variables }) => ({ data: variables.after === 'next' ? page(twins) : page(rows, 'next') }),
      ApplicationToken: ({ variables }) => ({
        data: { token: { token: `for ${String(variables.id)}`, connectorURL: 'http://c', expiresAt: 'soon' } },
      }),
    };
  });
  const token = (name: string) => compass(['app', 'token', name, '--url', director.url]);

  test('found on whatever page it is', async () => {
    expect((await token('shop')).stdout).toContain(`for ${id}`);
  });

  test('twins are refused with their ids', async () => {
    const ran = await token('twin');
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain('6b2d8b49-2f6b-4f0e-8f4f-1f3f0a4c7a55, 7b2d8b49-2f6b-4f0e-8f4f-1f3f0a4c7a55');
  });

  test('near names are offered', async () => {
    const ran = await token('shpo');
    expect([ran.exit, ran.stderr.includes('Did you mean shop?')]).toEqual([3, true]);
  });

  test('an id is not looked up first', async () => {
    const before = director.asked.length;
    await token(id);
    expect(director.asked.slice(before).map(({ operation }) => operation)).toEqual(['ApplicationToken']);
  });
});

describe('questions', () => {
  test('what destroys is refused where nobody can be asked', async () => {
    director.answers = { UnregisterApplication: { data: { application: { id, name: 'shop' } } } };
    const before = director.asked.length;
    const ran = await compass(['app', 'unregister', id, '--url', director.url]);
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain('--yes');
    expect(director.asked).toHaveLength(before);
  });

  test('--yes goes on', async () => {
    const ran = await compass(['app', 'unregister', id, '--yes', '--url', director.url]);
    expect([ran.exit, ran.stdout]).toEqual([0, `Name\tshop\nID\t${id}\n`]);
  });

  test('a missing name is a missing flag', async () => {
    const ran = await compass(['app', 'register', '--json', '--url', director.url]);
    expect(ran.exit).toBe(2);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { code: 'input_needed', details: { flags: ['--name'] } } });
  });
});
