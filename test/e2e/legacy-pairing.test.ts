/** An application of the old REST interface, played by openssl and curl: the lines of its walk-through, typed as they stand there. */
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Home, newHome, type Serving } from './support/plane.ts';

const root = resolve(import.meta.dirname, '../..');
const missing = ['bash', 'openssl', 'curl'].filter((tool) => spawnSync(tool, ['--help']).error !== undefined);

/** The shell lines of each section of the page, by its heading. */
function linesByHeading(page: string): ReadonlyMap<string, string> {
  const sections = page.split(/^## /m).map((section) => {
    const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, lines]) => lines);
    return [section.slice(0, section.indexOf('\n')), blocks.join('')] as const;
  });
  return new Map(sections.filter(([, lines]) => lines !== ''));
}

const MARK = '@@@ ';

/** Types all lines into one shell; resolves to what each section printed. */
function typed(sections: ReadonlyMap<string, string>, cwd: string, env: Record<string, string>): Promise<ReadonlyMap<string, string>> {
  const script = [...sections].map(([heading, lines]) => `printf '\\n%s\\n' '${MARK}${heading}'\n${lines}`).join('');
  return new Promise((done, fail) => {
    execFile('bash', ['-euo', 'pipefail', '-c', script], { cwd, env }, (error, stdout, stderr) => {
      if (error) return fail(new Error(`${error.message}\n${stdout}${stderr}`));
      const parts = stdout.split(`\n${MARK}`).slice(1);
      done(new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)])));
    });
  });
}

describe.skipIf(missing.length > 0)(`docs/legacy-applications.md${missing.length > 0 ? ` (needs ${missing.join(', ')})` : ''}`, () => {
  let home: Home;
  let plane: Serving;
  let printed: ReadonlyMap<string, string>;
  const section = (heading: string) => printed.get(heading) ?? '';
  const file = (name: string) => JSON.parse(readFileSync(join(home.path, 'shop', name), 'utf8')) as Record<string, unknown>;

  beforeAll(async () => {
    home = newHome();
    plane = await home.serve();
    const [folder, tools] = [join(home.path, 'shop'), join(home.path, 'bin')];
    for (const path of [folder, tools]) mkdirSync(path);
    writeFileSync(join(tools, 'compass'), `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'bin/run.js')}" "$@"\n`);
    chmodSync(join(tools, 'compass'), 0o755);
    copyFileSync(plane.readyFile, join(folder, 'ready.json'));
    const page = readFileSync(join(root, 'docs/legacy-applications.md'), 'utf8');
    printed = await typed(linesByHeading(page), folder, {
      PATH: `${tools}:${process.env.PATH ?? ''}`,
      HOME: home.path,
      COMPASS_HOME: home.path,
    });
  });
  afterAll(async () => {
    await plane?.stop();
    home.remove();
  });

  test('the address opens the information for the signing request', () => {
    expect(file('info.json')).toMatchObject({
      csrUrl: expect.stringContaining(`${plane.ready.gateway}/v1/applications/certificates?token=`) as string,
      api: { metadataUrl: `${plane.ready.mtls}/mp-shop/v1/metadata/services`, eventsUrl: '' },
      certificate: { 'key-algorithm': 'rsa2048' },
    });
  });

  test('the certificate is made out to the announced subject and opens the management information', () => {
    const { subject } = file('info.json').certificate as { subject: string };
    expect(section('Get a certificate')).toContain(subject.split('CN=')[1]);
    expect(file('management.json')).toMatchObject({ clientIdentity: { application: 'mp-shop' } });
  });

  test('a service is a bundle for everybody else', () => {
    expect(file('service.json')).toEqual({ id: expect.any(String) as string });
    expect(section('Register a service')).toMatch(/^.*\borders\b/m);
  });

  test('it is read, changed and removed', () => {
    const answers = section('Read, change and remove it');
    expect(answers).toContain('"spec":{"openapi":"3.0.0"');
    expect(answers).toContain('"credentials":{"basic":{"username":"u","password":"p"}}');
    expect(answers).toMatch(/"description":"Orders, second edition".*"identifier":"orders-1".*204\s*$/s);
  });

  test('a renewed certificate is another one and opens the same', () => {
    expect(section('Renew the certificate')).toContain('"clientIdentity":{"application":"mp-shop"}');
    expect(file('renewed.json').crt).not.toBe(file('certificate.json').crt);
  });

  test('what was given back opens nothing', () => {
    expect(section('Give it back')).toBe('201{"code":403,"error":"invalid token or certificate"}');
  });
});
