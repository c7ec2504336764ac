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

  it.each([
    ['lines.json', '{\r\n "openapi": "3.0.0"\r\n}\r\n\r\n'],
    ['marked.json', '\uFEFF{"openapi": "3.0.0", "x": "😀\u2028\u007f\\u0000"}'],
    ['bare.yaml', 'openapi: 3.0.0'],
    ['emoji.xml', '<edmx:Edmx xmlns:edmx="x">😀 </edmx:Edmx>\n\n'],
  ])('comes back byte for byte from standard input as well: %s', async (name, content) => {
    expect((await run(api('--name', name, '--spec', '@-'), { stdin: content })).exit).toBe(0);
    for (const words of [
      ['api', 'get', name, '--app', 'shop', '--spec'],
      ['api', 'spec', name, '--app', 'shop'],
    ])
      expect((await run(words)).stdout).toBe(content);
  });

  it('of a megabyte is sent and comes back', async () => {
    const content = JSON.stringify({ openapi: '3.0.0', 'x-text': 'ä\n'.repeat(300_000) });
    expect((await run(api('--name', 'large', '--spec', file('large.json', content)))).exit).toBe(0);
    expect((await run(['api', 'get', 'large', '--app', 'shop', '--spec'])).stdout === content).toBe(true);
  });

  it('in XML is taken for OData, unless it is said to be something else', async () => {
    const path = file('other.xml', '<schema/>');
    const { stderr } = await run(api('--name', 'untold', '--spec', path));
    expect(stderr).toBe(`${path} does not tell what it is; sent as ODATA.\n`);
    const ran = await run(api('--name', 'untold', '--spec', path, '--spec-type', 'OPEN_API'));
    expect(ran).toMatchObject({ exit: 1, stderr: expect.stringContaining('Correct `compass api add --spec FILE …`.') as string });
  });

  it.each([
    ['a folder', () => folder, 1, 'EISDIR'],
    ['what is not there', () => join(folder, 'nothing'), 1, 'ENOENT'],
    ['no name', () => '', 2, 'No file is named.'],
    ['no name after @', () => '@', 2, 'No file is named.'],
  ])('is not read from %s', async (_, path, exit, words) => {
    for (const argv of [
      api('--name', 'unread', '--spec', path()),
      ['app', 'register', '--input', path()],
      ['document', 'add', '--app', 'shop', '--bundle', 'orders', '--title', 't', '--content', path()],
    ]) {
      const ran = await run(argv);
      expect(ran).toMatchObject({ exit, stdout: '', stderr: expect.stringContaining(words) as string });
    }
  });

  it('that control characters are in is refused by the Director', async () => {
    const ran = await run(api('--name', 'controlled', '--spec', file('controlled.yaml', 'openapi: 3.0.0\n# \u0001\n')));
    expect(ran).toMatchObject({ exit: 1, stderr: expect.stringContaining('data must not contain control characters') as string });
  });

  it.each([
    [['--spec-url', 'nowhere'], '--spec-url URL'],
    [['--api-version', '1'], '--api-version VERSION'],
  ])('and what is beside it: the refusal names the flag: %j', async (words, flag) => {
    const ran = await run(api('--name', 'wrong', ...words));
    expect(ran).toMatchObject({ exit: 1, stderr: expect.stringContaining(`hint: Correct \`compass api add ${flag} …\`.`) as string });
  });

  it('of no form is asked of whoever gives none', async () => {
    const ran = await run(api('--name', 'wrong', '--spec-format', 'JSON'));
    expect(ran).toMatchObject({ exit: 2, stderr: expect.stringContaining('--spec-format needs --spec or --spec-url') as string });
  });

  it('of another kind is refused with the command for it', async () => {
    const ran = await run(api('--name', 'wrong', '--spec', file('asyncapi.yaml', 'asyncapi: 2.6.0\n')));
    expect(ran).toMatchObject({ exit: 1, stderr: expect.stringContaining('hint: Use `compass event add` for it.') as string });
  });

  it('that is no text is refused', async () => {
    const ran = await run(api('--name', 'binary', '--spec', file('binary', Buffer.from([0xff, 0xfe, 0x00]))));
    expect(ran).toMatchObject({ exit: 1, stderr: expect.stringContaining('is no text in UTF-8') as string });
  });

  it.each([7_000_000, 9_000_000, 20_000_000])('of %i bytes is refused with another way', async (size) => {
    const ran = await run(
      api('--name', 'huge', '--spec', file('huge.json', JSON.stringify({ openapi: '3.0.0', 'x-text': 'x'.repeat(size) }))),
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
    const empty = await run([
      'document',
      'add',
      '--app',
      'shop',
      '--bundle',
      'orders',
      '--title',
      'Empty',
      '--content',
      file('empty.md', ''),
    ]);
    expect(empty).toMatchObject({ exit: 1, stderr: expect.stringContaining('Correct `compass document add --content FILE …`.') as string });
  });
});

describe('what is deleted by its name', () => {
  it('is a document of a bundle', async () => {
    const place = ['--app', 'shop', '--bundle', 'orders'];
    await json('document', 'add', ...place, '--title', 'Gone');
    expect((await run(['document', 'delete', 'Gone', '--yes'])).exit).toBe(2);
    expect(await json('document', 'delete', 'Gone', ...place, '--yes')).toMatchObject({ title: 'Gone' });
    expect((await run(['document', 'delete', 'Gone', ...place, '--yes'])).exit).toBe(3);
  });

  it('is an integration dependency of an application', async () => {
    const dependency = (ordID: string, more: object = {}) => file('dependency.json', JSON.stringify({ name: 'needs', ordID, ...more }));
    const { partOfPackage } = await json<{ partOfPackage: string }>(
      'integration-dependency',
      'add',
      '--app',
      'shop',
      '--file',
      dependency('ns:integrationDependency:a:v1'),
    );
    const second = ['integration-dependency', 'add', '--app', 'shop', '--file'];
    const refused = await run([...second, dependency('ns:integrationDependency:b:v1')]);
    expect(refused).toMatchObject({
      exit: 5,
      stderr: expect.stringContaining('Name the package that is there as `partOfPackage`') as string,
    });
    await json(...second, dependency('ns:integrationDependency:b:v1', { partOfPackage }));
    const twins = await run(['integration-dependency', 'delete', 'needs', '--app', 'shop', '--yes']);
    expect(twins).toMatchObject({ exit: 2, stderr: expect.stringContaining('hint: Use one of the ids.') as string });
    const [{ id }] = (await json<{ id: string }[]>('integration-dependency', 'list', '--app', 'shop')) as [{ id: string }];
    await json('integration-dependency', 'delete', id, '--yes');
    expect((await run(['integration-dependency', 'delete', 'needs', '--yes'])).exit).toBe(2);
    expect(await json('integration-dependency', 'delete', 'needs', '--app', 'shop', '--yes')).toMatchObject({ name: 'needs' });
  });
});

describe('JSON in a flag', () => {
  it('is sent as it is, from YAML as JSON', async () => {
    const schema = { type: 'object', required: ['plan'], properties: { plan: { multipleOf: 1.5 } } };
    const path = file('schema.yaml', 'type: object\nrequired: [plan]\nproperties: {plan: {multipleOf: 1.50}}\n');
    for (const [name, given] of [
      ['by json', JSON.stringify(schema)],
      ['by yaml', `@${path}`],
      ['by a marked file', `@${file('schema.json', `\uFEFF${JSON.stringify(schema)}`)}`],
    ] as const) {
      const { instanceAuthRequestInputSchema } = await json<{ instanceAuthRequestInputSchema: string }>(
        'bundle',
        'add',
        '--app',
        'shop',
        '--name',
        name,
        '--auth-schema',
        given,
      );
      expect(JSON.parse(instanceAuthRequestInputSchema)).toEqual(schema);
    }
    const asked = ['bundle', 'auth', 'request', 'by yaml', '--app', 'shop', '--parameters'];
    expect(await json<{ inputParams: string }>(...asked, '{"plan": 1.50}')).toMatchObject({ inputParams: '{"plan": 1.50}' });
    expect(await json<{ inputParams: string }>(...asked, `@${file('parameters.yaml', 'plan: 3')}`)).toMatchObject({
      inputParams: '{"plan": 3}',
    });
    expect((await run([...asked, '{"plan": 1}'])).stderr).toContain('while validating value {"plan": 1} against JSON Schema');
  });

  it.each([
    [
      ['bundle', 'add', '--app', 'shop', '--name', 'x', '--auth-schema'],
      '{"type": "object",}',
      '--auth-schema is no JSON: expected a name in quotes in line and column 1:19',
    ],
    [
      ['bundle', 'add', '--app', 'shop', '--name', 'x', '--auth-schema'],
      '',
      '--auth-schema is no JSON: expected a value in line and column 1:1',
    ],
    [
      ['bundle', 'auth', 'request', 'orders', '--app', 'shop', '--parameters'],
      'plan=gold',
      '--parameters is no JSON: expected a value in line and column 1:1',
    ],
    [
      ['bundle', 'auth', 'request', 'orders', '--app', 'shop', '--auth-context'],
      '{',
      '--auth-context is no JSON: expected a name in quotes or } in line and column 1:2',
    ],
  ])('that is none is not sent: %j %s', async (argv, given, words) => {
    const ran = await run([...argv, given]);
    expect(ran).toMatchObject({ exit: 2, stdout: '', stderr: expect.stringContaining(words) as string });
  });
});

describe('a bundle that is changed', () => {
  it('loses nothing that is not named without being asked', async () => {
    const input = { name: 'kept', correlationIDs: ['c'], defaultInstanceAuth: { credential: { basic: { username: 'u', password: 'p' } } } };
    await json('bundle', 'add', '--app', 'shop', '--file', file('kept.json', JSON.stringify(input)));
    const change = ['bundle', 'update', 'kept', '--app', 'shop', '--description', 'changed'];
    expect(await run(change)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('It loses its default credentials and its correlation ids.') as string,
    });
    expect(await json('bundle', 'get', 'kept', '--app', 'shop')).toMatchObject({ description: null, correlationIDs: ['c'] });
    expect(await json(...change, '--yes')).toMatchObject({ description: 'changed', correlationIDs: null });
    expect((await run(change)).exit).toBe(0);
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

  it('of what the schema does not take names the file', async () => {
    const ran = await run(['bundle', 'add', '--app', 'shop', '--file', file('odd.json', '{"name": "x", "odd": 1}')]);
    expect(ran).toMatchObject({ exit: 1, stderr: expect.stringContaining('hint: Correct what the file of --file says there.') as string });
    expect(ran.stderr).toContain('variable.in.odd unknown field');
  });

  it('of JSON that is no text tells how it is written', async () => {
    const ran = await run([
      'bundle',
      'add',
      '--app',
      'shop',
      '--file',
      file('odd.json', '{"name": "x", "instanceAuthRequestInputSchema": {}}'),
    ]);
    expect(ran).toMatchObject({ exit: 1, stderr: expect.stringContaining('write it in quotes there, or give it by its flag') as string });
  });

  it('of a field that is an argument names that', async () => {
    const ran = await run(['label-definition', 'create', 'other', '--schema', '{"type": "object"}']);
    expect(ran).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining('hint: Correct `compass label-definition create KEY …`.') as string,
    });
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

  it('keeps its template, and an unknown one is looked for in the list', async () => {
    const deleted = await run(['app-template', 'delete', 'Commerce', '--yes']);
    expect(deleted).toMatchObject({ exit: 5, stderr: expect.stringContaining('compass app unregister NAME') as string });
    const unknown = await run(['app-template', 'register-app', 'Comerce', '--value', 'name=x']);
    expect(unknown).toMatchObject({ exit: 3, stderr: expect.stringContaining('hint: See `compass app-template list`.') as string });
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

describe('applications of one template', () => {
  it('are merged: the first one goes, what it alone had is the other’s', async () => {
    const input = { name: '{{name}}', baseUrl: 'https://m.example.com' };
    await json(
      'app-template',
      'create',
      '--file',
      file('merged.json', JSON.stringify({ name: 'Merged', applicationInput: input, placeholders: [{ name: 'name' }] })),
    );
    for (const name of ['given up', 'kept']) await json('app-template', 'register-app', 'Merged', '--value', `name=${name}`);
    await json('app', 'update', 'given up', '--description', 'what it is');
    const merge = ['app', 'merge', 'given up', '--into', 'kept'];
    expect((await run(merge)).exit).toBe(2);
    const early = await run([...merge, '--yes']);
    expect(early).toMatchObject({ exit: 5, stderr: expect.stringContaining('compass formation assign FORMATION --app') as string });
    await json('formation-template', 'create', '--name', 'Merging', '--application-type', 'Merged');
    await json('formation', 'create', '--name', 'merging', '--template', 'Merging');
    await json('formation', 'assign', 'merging', '--app', 'kept');
    expect(await json(...merge, '--yes')).toMatchObject({ name: 'kept', description: 'what it is' });
    expect((await run(['app', 'get', 'given up'])).exit).toBe(3);
    expect((await run([...merge, '--yes'])).exit).toBe(3);
  });

  it('are unpaired by name, which asks first', async () => {
    expect((await run(['app', 'unpair', 'kept'])).exit).toBe(2);
    expect(await json('app', 'unpair', 'kept', '--yes')).toMatchObject({ status: { condition: 'INITIAL' } });
    expect((await run(['app', 'unpair', 'nobody', '--yes'])).exit).toBe(3);
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
    const late = await run(['bundle', 'auth', 'request', 'orders', '--app', 'shop', '--wait', '--timeout', '300ms']);
    expect(late.exit).toBe(7);
    const { id } = (await pending())!;
    expect(late.stderr).toContain(`hint: The request stays: \`compass bundle auth get ${id}\``);
    await json('bundle', 'auth', 'set', id, '--file', file('answer.json', SECRETS));
    const again = await run(['bundle', 'auth', 'set', id, '--file', file('answer.json', SECRETS)]);
    expect(again).toMatchObject({ exit: 5, stderr: expect.stringContaining('compass bundle auth get ID') as string });
  });
});
