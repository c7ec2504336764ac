import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compass, newHome } from '../support/compass.ts';

const WEBHOOK = {
  type: 'APPLICATION_TENANT_MAPPING',
  mode: 'SYNC',
  urlTemplate: '{"method":"PATCH","path":"https://crm/{{.FormationID}}"}',
  headerTemplate: '{"X-A":["1","2"]}',
  inputTemplate: '{"who":{{.SourceApplication.Name | toJson}},"why":"{{.Operation}}","region":"{{.SourceApplication.Labels.region}}"}',
  outputTemplate: '{"error":"{{.Body.error}}","state":"{{.Body.state}}","success_status_code":200}',
};

async function attempt(content: object, ...argv: string[]) {
  const file = join(newHome(), 'input.json');
  writeFileSync(file, JSON.stringify(content));
  return compass(['formation-template', 'test', file, ...argv]);
}

describe('a webhook that is right', () => {
  it('shows what would be sent, without a plane', async () => {
    const { exit, stdout } = await attempt(WEBHOOK);
    expect(exit).toBe(0);
    expect(stdout).toContain('PATCH https://crm/00000000-0000-4000-8000-000000000030');
    expect(stdout).toContain('X-A: 1\n  X-A: 2\n');
    expect(stdout).toContain('"who": "shop"');
  });

  it('is tried with changed samples and with an answer', async () => {
    const sample = JSON.stringify({ Operation: 'unassign', SourceApplication: { Name: 'a "b"', Labels: { region: 'us' } } });
    const { stdout } = await attempt(WEBHOOK, '--sample', sample, '--answer', '{"state":"READY","error":null}', '--json');
    const [trial] = JSON.parse(stdout) as { request: { body: string }; rendered: { template: string; value: unknown }[] }[];
    expect(JSON.parse(trial!.request.body)).toEqual({ who: 'a "b"', why: 'unassign', region: 'us' });
    expect(trial!.rendered.at(-1)!.value).toMatchObject({ state: 'READY', error: '' });
  });

  it('may stand in the input of a template', async () => {
    const { exit, stdout } = await attempt({
      name: 'Shops',
      applicationTypes: ['a'],
      webhooks: [WEBHOOK, { ...WEBHOOK, type: 'CONFIGURATION_CHANGED', inputTemplate: '{"n":"{{.RuntimeContext.Value}}"}' }],
    });
    expect(exit).toBe(0);
    expect(stdout).toContain('"n": "customer-1"');
  });
});

describe('a webhook that is wrong', () => {
  it('names line and column of what does not parse, and what was expected', async () => {
    const { exit, stderr } = await attempt({ ...WEBHOOK, inputTemplate: '{\n  "a": "{{ .FormationID | }}"\n}' });
    expect(exit).toBe(1);
    expect(stderr).toContain('APPLICATION_TENANT_MAPPING inputTemplate: line 2, column 27: missing value for command');
  });

  it('shows the text that is no JSON', async () => {
    const { exit, stdout, stderr } = await attempt({ ...WEBHOOK, inputTemplate: '{"a": {{.SourceApplication.Name}}}' });
    expect(exit).toBe(1);
    expect(stderr).toContain('inputTemplate: gives no JSON');
    expect(stderr).toContain('(in what it gives: line 1, column 7)');
    expect(stdout).toContain('    {"a": shop}');
  });

  it.each([
    [{ urlTemplate: '{"path":"x"}' }, 'urlTemplate: must be {"method": …, "path": …}'],
    [{ headerTemplate: '{"a":"b"}' }, 'headerTemplate: must be an object of lists of texts'],
    [{ outputTemplate: '{"error":""}' }, 'outputTemplate: must have the number success_status_code'],
    [{ inputTemplate: '{"a":"{{.Nothing}}"}' }, "can't evaluate field Nothing"],
    // What the sample has, and an empty object has not.
    [{ inputTemplate: '{"a":"{{.SourceApplication.Status.Condition}}"}' }, 'would be refused'],
  ])('%j', async (changes, message) => {
    const { exit, stderr } = await attempt({ ...WEBHOOK, ...changes });
    expect([exit, stderr]).toEqual([1, expect.stringContaining(message)]);
  });

  it('tells of an answer that cannot be taken', async () => {
    const { exit, stderr } = await attempt(WEBHOOK, '--answer', 'garbage');
    expect([exit, stderr]).toEqual([1, expect.stringContaining('the answer cannot be taken')]);
  });

  it.each([
    [{ ...WEBHOOK, type: 'REGISTER_APPLICATION' }, [], 'are not called by formations'],
    [{ name: 'x' }, [], 'holds no webhook'],
    [WEBHOOK, ['--sample', '{"SourceApplication":{"Nmae":"x"}}'], 'there are in .SourceApplication Name, '],
  ])('what cannot be tried at all is wrong usage: %j', async (content, argv, message) => {
    const { exit, stderr } = await attempt(content, ...argv);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
