/** What integrators give to the commands of the applications side, good and bad, against a plane in this process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hintFor } from '../../src/cli/failure/hints.ts';
import { DEFAULT_OPTIONS } from '../../src/local/options.ts';
import { type Plane, startPlane } from '../../src/local/plane.ts';
import { compass, type World } from './support/compass.ts';

const folder = mkdtempSync(join(tmpdir(), 'compass-describing-'));
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
let plane: Plane;
const run = (argv: readonly string[], world?: World) =>
  compass([...argv, '--url', plane.ready.gateway, '--token', plane.ready.token], world);
async function json<T = { id: string }>(...argv: string[]): Promise<T> {
  const ran = await run([...argv, '--json']);
  if (ran.exit !== 0) throw new Error(`${argv.join(' ')}: ${ran.stdout}${ran.stderr}`);
  return JSON.parse(ran.stdout) as T;
}
const api = (...words: string[]) => [
  'api',
  'add',
  '--app',
  'shop',
  '--bundle',
  'orders',
  '--target-url',
  'https://shop.example.com',
  ...words,
];

beforeAll(async () => {
  plane = await startPlane({ ...DEFAULT_OPTIONS, version: 'test', dataDir: folder });
  await json('app', 'register', '--name', 'shop');
  await json('bundle', 'add', '--app', 'shop', '--name', 'orders');
});
afterAll(async () => {
  await plane.close();
  rmSync(folder, { recursive: true });
});

describe('a specification', () => {
  const OPENAPI = '\uFEFFopenapi: "3.0.3"\r\ninfo: {title: Bestellungen für alle, version: 1.0.0}\npaths: {}\n\n\n';

  it.each(['@FILE', 'FILE'])('comes back byte for byte, given as %s', async (form) => {
    const path = file('openapi.yaml', OPENAPI);
    const added = await run(api('--name', `orders ${form}`, '--spec', form.replace('FILE', path)));
    expect(added).toMatchObject({ exit: 0, stderr: `${path}: OpenAPI 3.0.3, YAML.\n` });
    const got = await run(['api', 'get', `orders ${form}`, '--app', 'shop', '--spec']);
    expect(got).toEqual({ exit: 0, stdout: OPENAPI, stderr: '' });
  });

  it('may come from standard input, its kind is found out', async () => {
    const edmx = '<?xml version="1.0"?>\n<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"/>';
    await run(api('--name', 'odata', '--spec', '-'), { stdin: edmx });
    expect((await run(['api', 'get', 'odata', '--app', 'shop'])).stdout).toContain('Specification\tODATA XML\n');
    const event = ['event', 'add', '--app', 'shop', '--name', 'changes', '--spec', '@-'];
    expect((await run(event, { stdin: '{"asyncapi": "2.6.0"}' })).stderr).toBe('standard input: AsyncAPI 2.6.0, JSON.\n');
    expect((await run(['event', 'get', 'changes', '--app', 'shop', '--spec'])).stdout).toBe('{"asyncapi": "2.6.0"}');
  });

  it.each([
    ['broken.json', '{\n  "openapi": "3.0.0",\n  "paths": {},\n}', ':4:1: no JSON: expected a name in quotes.'],
    ['broken.yaml', 'openapi: 3.0.0\npaths:\n  - a\n b: [', ':4:1: no YAML: All mapping items must start at the same column.'],
    ['broken.xml', '<edmx>\n  <a></b>\n</edmx>', ':2:6: no XML: </b> closes <a>.'],
    ['empty.yaml', ' \n', ' is empty.'],
  ])('that is broken is not sent: %s', async (name, content, words) => {
    const path = file(name, content);
    const ran = await run(api('--name', name, '--spec', path));
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain(`error: ${path}${words}`);
    expect((await run(['api', 'get', name, '--app', 'shop'])).exit).toBe(3);
  });

  it('of another kind is refused with the command for it', async () => {
    const ran = await run(api('--name', 'wrong', '--spec', file('asyncapi.yaml', 'asyncapi: 2.6.0\n')));
    expect(ran).toMatchObject({ exit: 1, stderr: expect.stringContaining('hint: Use `compass event add` for it.') as string });
  });

  it('that is no text is refused', async () => {
    const ran = await run(api('--name', 'binary', '--spec', file('binary', Buffer.from([0xff, 0xfe, 0x00]))));
    expect(ran).toMatchObject({ exit: 1, stderr: expect.stringContaining('is no text in UTF-8') as string });
  });

  it('of 20 MB is refused with another way', async () => {
    const ran = await run(
      api('--name', 'huge', '--spec', file('huge.json', JSON.stringify({ openapi: '3.0.0', 'x-text': 'x'.repeat(20_000_000) }))),
    );
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain('more than the management plane takes');
    expect(ran.stderr).toContain('--spec-url URL');
  });

  it('that can not be fetched is told as such where the API is shown', async () => {
    await run(api('--name', 'fetched', '--spec-url', `${plane.ready.gateway}/nowhere.json`));
    const { stdout } = await run(['api', 'get', 'fetched', '--app', 'shop']);
    expect(stdout).toContain('Fetch\tFAILED While fetching Spec: All attempts fail:');
    const spec = await run(['api', 'get', 'fetched', '--app', 'shop', '--spec']);
    expect(spec).toMatchObject({ exit: 3, stderr: expect.stringContaining('has no content yet: FAILED') as string });
  });
});

describe('a definition', () => {
  it.each([
    ['of a bundle', ['--bundle', 'orders']],
    ['of no bundle', []],
  ])('%s is changed; what is not named stays, the specification too', async (words, place) => {
    const name = `kept ${words}`;
    const spec = file('kept.json', '{"openapi": "3.0.0"}');
    const about = ['--app', 'shop', '--name', name, '--description', 'stays', '--group', 'g', '--api-version', '1.0.0', '--spec', spec];
    await json('api', 'add', ...about, ...place, '--target-url', 'https://shop.example.com/v1');
    const changed = await json(
      'api',
      'update',
      name,
      '--app',
      'shop',
      '--target-url',
      'https://shop.example.com/v2',
      '--api-version',
      '2.0.0',
    );
    expect(changed).toMatchObject({
      name,
      description: 'stays',
      group: 'g',
      targetURL: 'https://shop.example.com/v2',
      version: { value: '2.0.0' },
      spec: { type: 'OPEN_API' },
    });
    await json('event', 'add', '--app', 'shop', '--name', name, '--description', 'stays', ...place);
    expect(await json('event', 'update', name, '--app', 'shop', '--group', 'g')).toMatchObject({ name, description: 'stays', group: 'g' });
  });
});

describe('a document', () => {
  it('comes back byte for byte', async () => {
    const text = '# How to order\r\n\n';
    const path = file('guide.md', text);
    await json(
      'document',
      'add',
      '--app',
      'shop',
      '--bundle',
      'orders',
      '--title',
      'How to',
      '--description',
      'd',
      '--content',
      `@${path}`,
    );
    expect((await run(['document', 'get', 'How to', '--app', 'shop', '--bundle', 'orders', '--content'])).stdout).toBe(text);
    expect((await run(['document', 'get', 'no such', '--app', 'shop', '--bundle', 'orders'])).exit).toBe(3);
  });
});

describe('an input', () => {
  it('comes from standard input as --input @-', async () => {
    const ran = await run(['app', 'register', '--input', '@-', '--json'], { stdin: 'name: piped\nbundles: [{name: b}]\n' });
    expect(JSON.parse(ran.stdout)).toMatchObject({ name: 'piped' });
  });

  it.each([
    ['', 'is empty: it must hold an object.'],
    ['[1]', 'must hold an object.'],
    ['{"name": "a",\n "x": tru}', 'neither JSON nor YAML: expected a value in line and column 2:7'],
  ])('that is no object is not sent: %j', async (content, words) => {
    const ran = await run(['app', 'register', '--file', file('input', content)]);
    expect(ran).toMatchObject({ exit: 2, stderr: expect.stringContaining(words) as string });
  });
});

describe('a refusal', () => {
  it('is the Director’s sentence, with the flags to correct and the fields for machines', async () => {
    const argv = ['app', 'register', '--name', 'n'.repeat(101), '--health-check-url', 'nowhere'];
    expect((await run(argv)).stderr).toBe(
      'error: Invalid data ApplicationRegisterInput [healthCheckURL=must be a valid URL; name=the length must be between 1 and 100]\n' +
        ' hint: Correct `compass app register --health-check-url URL --name NAME …`.\n',
    );
    const { error } = JSON.parse((await run([...argv, '--json'])).stdout) as { error: { details: { fields: string[] } } };
    expect(error.details.fields).toEqual(['healthCheckURL', 'name']);
  });

  it('names the file where no flag gives the field', async () => {
    const path = file('app.yaml', 'name: a\nwebhooks: [{type: CONFIGURATION_CHANGED, url: x y}]\n');
    expect((await run(['app', 'register', '--file', path])).stderr).toContain('Correct what the file of --file says there.');
  });

  it.each([
    [['app', 'get', 'shp'], 'Did you mean shop?'],
    [['app', 'get', '3e64ebae-38b5-46a0-b1ed-9ccee153a0ab'], '`compass app list`'],
    [['api', 'get', 'nothing', '--app', 'shop'], 'hint: See `compass api list --app '],
    [['bundle', 'get', 'nothing', '--app', 'shop'], 'hint: See `compass bundle list --app '],
  ])('of an unknown object names what to look into: %j', async (argv, words) => {
    const ran = await run(argv);
    expect(ran.exit).toBe(3);
    expect(ran.stderr).toContain(words);
  });

  it('of a name that two objects have lists their ids', async () => {
    const ids = [
      await json('bundle', 'add', '--app', 'shop', '--name', 'twice'),
      await json('bundle', 'add', '--app', 'shop', '--name', 'twice'),
    ];
    const ran = await run(['bundle', 'delete', 'twice', '--app', 'shop', '--yes']);
    expect(ran.exit).toBe(2);
    for (const { id } of ids) expect(ran.stderr).toContain(id);
    expect(ran.stderr).toContain('hint: Use one of the ids.');
  });

  it('of a formation in the way tells how to leave it', () => {
    expect(hintFor('The operation is not allowed [reason=System my shop is part of the following formations : front, back]')).toBe(
      "Take it out first: `compass formation unassign front --app 'my shop'`.",
    );
  });

  it('of a schema that is no JSON schema names the field and the flag', async () => {
    const ran = await run(['label-definition', 'create', 'scenarios', '--schema', '{"type": "banana"}']);
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain('rule.validSchema=while validating schema');
    expect(ran.stderr).toContain('hint: Correct `compass label-definition create --schema JSON …`.');
  });
});

describe('an application of a template', () => {
  const template = (name: string, input: object, placeholders: object[]) =>
    json('app-template', 'create', '--file', file('template.json', JSON.stringify({ name, applicationInput: input, placeholders })));

  it('is registered by the template’s id as by its name, by values as by a payload', async () => {
    const { id } = await template('Commerce', { name: '{{name}}' }, [{ name: 'name', jsonPath: '$.shop.name' }]);
    expect(await json('app-template', 'register-app', id, '--value', 'name=by id')).toMatchObject({ name: 'by id' });
    const payload = file('payload.json', '{"shop": {"name": "by payload"}}');
    expect(await json('app-template', 'register-app', 'Commerce', '--payload', `@${payload}`)).toMatchObject({ name: 'by payload' });
  });

  it('needs a value for each placeholder; the refusal tells the flag', async () => {
    const ran = await run(['app-template', 'register-app', 'Commerce']);
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain("value for placeholder name 'name' not found");
    expect(ran.stderr).toContain('hint: Give it a value: `--value name=VALUE`.');
  });

  it('needs none where there is no placeholder', async () => {
    await template('Fixed', { name: 'fixed' }, []);
    expect(await json('app-template', 'register-app', 'Fixed')).toMatchObject({ name: 'fixed' });
  });

  it('can not be of a template with a placeholder too few', async () => {
    const path = file(
      'template.json',
      JSON.stringify({ name: 'Gap', applicationInput: { name: '{{name}} {{region}}' }, placeholders: [{ name: 'name' }] }),
    );
    const ran = await run(['app-template', 'create', '--file', path]);
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain('Placeholder [name=region] is used in the application input but it is not defined');
  });
});

describe('asking for credentials', () => {
  const SECRETS = JSON.stringify({ auth: { credential: { basic: { username: 'u', password: 'hidden' } } } });
  const pending = async () =>
    (await json<{ id: string; status: { condition: string } }[]>('bundle', 'auth', 'list', 'orders', '--app', 'shop')).find(
      ({ status }) => status.condition === 'PENDING',
    );

  /** Plays the application: answers the first request that waits. */
  async function answer(content: string): Promise<void> {
    for (let found = await pending(); ; found = await pending())
      if (found) return void (await json('bundle', 'auth', 'set', found.id, '--file', file('answer.json', content)));
  }

  it('waits until the application has given them', async () => {
    const [asked] = await Promise.all([
      run(['bundle', 'auth', 'request', 'orders', '--app', 'shop', '--wait', '--show-secrets']),
      answer(SECRETS),
    ]);
    expect(asked.exit).toBe(0);
    expect(asked.stderr).toContain('compass bundle auth set');
    expect(asked.stdout).toContain('hidden');
  });

  it('is not needed for credentials that an operator makes for a runtime', async () => {
    await json('runtime', 'register', '--name', 'prod');
    const credential = file('made.json', JSON.stringify({ credential: { basic: { username: 'u', password: 'hidden' } } }));
    const ran = await run(['bundle', 'auth', 'create', 'orders', '--app', 'shop', '--runtime', 'prod', '--file', credential]);
    expect(ran).toMatchObject({ exit: 0, stdout: expect.stringContaining('SUCCEEDED') as string });
    expect(ran.stdout).not.toContain('hidden');
    expect((await run(['bundle', 'auth', 'create', 'orders', '--app', 'shop', '--file', credential])).exit).toBe(2);
  });

  it('fails where the application refuses, or does not answer in time', async () => {
    const refusal = JSON.stringify({ status: { condition: 'FAILED', reason: 'NoPlan', message: 'Not for you.' } });
    const [refused] = await Promise.all([run(['bundle', 'auth', 'request', 'orders', '--app', 'shop', '--wait']), answer(refusal)]);
    expect(refused).toMatchObject({
      exit: 1,
      stdout: '',
      stderr: expect.stringContaining('The application refused: Not for you. (NoPlan)') as string,
    });
    expect((await run(['bundle', 'auth', 'request', 'orders', '--app', 'shop', '--wait', '--timeout', '300ms'])).exit).toBe(7);
  });
});
