/** Pairing by people and by plain tools, and planes in a row. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Home, newHome, type Serving } from './support/plane.ts';
import { missingTools as missing, type Walked, walkThrough } from './support/walkthrough.ts';

let home: Home;
let plane: Serving;
let authority: string;

beforeAll(async () => {
  if (missing.length > 0) return;
  home = newHome();
  authority = join(home.path, 'authority.pem');
  const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '10', '-subj', '/C=DE/O=Example/CN=Client authority'];
  const key = join(home.path, 'authority.key');
  execFileSync('openssl', ['req', '-x509', '-sha256', ...made, '-keyout', key, '-out', authority], { stdio: 'ignore' });
  plane = await home.serve(['--ephemeral', '--ca-cert', authority, '--ca-key', key, '--trusted-proxy', '127.0.0.1']);
});
afterAll(async () => {
  await plane?.stop();
  home?.remove();
});

const needs = missing.length > 0 ? ` (needs ${missing.join(', ')})` : '';

function post(url: string, content: object, tls: https.RequestOptions): Promise<{ status: number; body: string }> {
  return new Promise((done, fail) => {
    const request = https.request(
      url,
      { method: 'POST', headers: { 'content-type': 'application/json' }, agent: false, ...tls },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => done({ status: response.statusCode!, body }));
      },
    );
    request.on('error', fail);
    request.end(JSON.stringify(content));
  });
}

describe.skipIf(missing.length > 0)(`docs/trust.md${needs}`, () => {
  let walked: Walked;
  beforeAll(async () => {
    walked = await walkThrough('docs/trust.md', home, plane);
  });

  test('every step works as it stands there', () => {
    const { authId } = { authId: String(walked.printed('With openssl and curl').match(/CN=([0-9a-f-]{36})/)?.[1]) };
    const printed = walked.printed('With openssl and curl');
    expect(printed).toContain(`"subject":"O=Org,OU=OrgUnit,L=locality,ST=province,C=DE,CN=${authId}","keyAlgorithm":"rsa2048"`);
    expect(printed).toMatch(/\{"data":\{"viewer":\{"id":"[0-9a-f-]{36}","type":"APPLICATION"\}\}\}/);
    expect(printed).toMatch(/\{"data":\{"revokeCertificate":true\}\}400\{"data":\{"viewer":\{"type":"APPLICATION"\}\}\}\s*$/);
  });
});

describe.skipIf(missing.length > 0)(`compass app connect${needs}`, () => {
  test('leaves files that open the Director, and are for their owner alone', async () => {
    await home.json('app', 'register', '--name', 'crm');
    const dir = join(home.path, 'crm');
    const connected = await home.json<{ directorURL: string; files: { key: string; certificate: string } }>(
      'app',
      'connect',
      'crm',
      '--dir',
      dir,
    );
    expect(readdirSync(dir).sort()).toEqual(['certificate.pem', 'connection.json', 'key.pem']);
    for (const file of readdirSync(dir)) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
    const answer = await post(
      connected.directorURL,
      { query: '{ viewer { type } }' },
      { ca: readFileSync(plane.ready.caFile), key: readFileSync(connected.files.key), cert: readFileSync(connected.files.certificate) },
    );
    expect(answer).toEqual({ status: 200, body: '{"data":{"viewer":{"type":"APPLICATION"}}}' });
    const again = await home.compass(['app', 'connect', 'crm', '--dir', dir, '--json']);
    expect(again.exit).not.toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ error: { code: 'conflict' } });
  });

  test('takes a token from a file, on machines that know no context', async () => {
    const { rawEncoded } = await home.json<{ rawEncoded: string }>('app', 'token', 'crm');
    const file = join(home.path, 'token');
    writeFileSync(file, `${rawEncoded}\n`);
    const stranger = newHome();
    const dir = join(stranger.path, 'crm');
    const words = ['app', 'connect', '--pairing-token', `@${file}`, '--ca-file', plane.ready.caFile, '--dir', dir, '--json'];
    expect(JSON.parse((await stranger.compass(words)).stdout)).toMatchObject({ subject: expect.stringContaining('O=Org') as string });
    const used = await stranger.compass([...words, '--force']);
    expect(JSON.parse(used.stdout)).toMatchObject({ error: { code: 'pairing_failed' } });
    stranger.remove();
  });
});

describe.skipIf(missing.length > 0)(`the authority of client certificates${needs}`, () => {
  test('is the one that was given, and is not replaced by a command', async () => {
    const [signs] = await home.json<{ signs: boolean; certificate: string; subject: string }[]>('ca', 'list');
    expect(signs).toMatchObject({
      signs: true,
      subject: 'CN=Client authority,O=Example,C=DE',
      certificate: readFileSync(authority, 'utf8'),
    });
    const rotated = await home.compass(['ca', 'rotate', '--yes', '--json']);
    expect(JSON.parse(rotated.stdout)).toMatchObject({ error: { code: 'conflict' } });
  });

  test('is refused with the key of another, with a word about why', async () => {
    const key = join(home.path, 'another.key');
    execFileSync('openssl', ['genrsa', '-out', key, '2048'], { stdio: 'ignore' });
    const { exit, stderr } = await home.compass(['serve', '--ephemeral', '--port', '0', '--ca-cert', authority, '--ca-key', key]);
    expect(exit).toBe(2);
    expect(stderr).toContain('the key is not that of the certificate');
  });
});

describe.skipIf(missing.length > 0)(`a Gateway before a Director on another machine${needs}`, () => {
  let gateway: Serving;
  let other: Home;
  beforeAll(async () => {
    other = newHome();
    gateway = await other.serve([
      '--ephemeral',
      '--only',
      'gateway',
      '--director-url',
      plane.ready.director,
      '--trusted-client-ca',
      authority,
    ]);
  });
  afterAll(async () => {
    await gateway?.stop();
    other?.remove();
  });

  test('hands tokens and certificates on', async () => {
    const ask = (headers: Record<string, string>) =>
      fetch(`${gateway.ready.gateway}/director/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"query":"{ viewer { type } }"}',
      });
    expect(await (await ask({ authorization: `Bearer ${plane.ready.token}` })).text()).toBe('{"data":{"viewer":{"type":"USER"}}}');

    await home.json('app', 'register', '--name', 'far');
    const { files, subject } = await home.json<{ files: { key: string; certificate: string }; subject: string }>(
      'app',
      'connect',
      'far',
      '--dir',
      join(home.path, 'far'),
    );
    const cert = readFileSync(files.certificate);
    const tls = { ca: readFileSync(gateway.ready.caFile), key: readFileSync(files.key), cert };
    expect(await post(`${gateway.ready.mtls}/director/graphql`, { query: '{ viewer { type } }' }, tls)).toEqual({
      status: 200,
      body: '{"data":{"viewer":{"type":"APPLICATION"}}}',
    });

    const hash = execFileSync('openssl', ['x509', '-in', files.certificate, '-noout', '-fingerprint', '-sha256'], { encoding: 'utf8' });
    const smuggled = `Hash=${hash.split('=')[1]!.trim().replaceAll(':', '').toLowerCase()};Subject="${subject}"`;
    expect((await ask({ 'certificate-data': smuggled })).status).toBe(400);
  });

  test('is healthy by itself, and counts', async () => {
    expect(await (await fetch(`${gateway.ready.gateway}/healthz`)).text()).toBe('ok');
    expect(await (await fetch(`${gateway.ready.gateway}/director/healthz`)).text()).toBe('UP');
    const metrics = await (await fetch(`${gateway.ready.gateway}/metrics`)).text();
    expect(metrics).toMatch(/^compass_gateway_requests_total\{system="director",method="get",code="200"\} 1$/m);
    expect(metrics).toMatch(/^process_resident_memory_bytes \d+$/m);
  });
});
