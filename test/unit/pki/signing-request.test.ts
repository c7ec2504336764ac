import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import forge from 'node-forge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateEcKey, generateRsaKey, type KeyPair } from '../../../src/pki/keys.ts';
import { parseAnnouncedName } from '../../../src/pki/name.ts';
import { fromPem, toPem } from '../../../src/pki/pem.ts';
import { checkSigningRequest, createSigningRequest, readSigningRequest } from '../../../src/pki/signing-request.ts';

const SUBJECT = 'O=Org,OU=OrgUnit,L=locality,ST=province,C=DE,CN=0b1c';

describe('signing requests', () => {
  let keys: KeyPair;
  let dir: string;
  beforeAll(async () => {
    keys = await generateRsaKey(2048);
    dir = mkdtempSync(join(tmpdir(), 'pki-'));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  const openssl = (...args: string[]) => execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

  it('are read back as they were made, by forge too', () => {
    const pem = createSigningRequest(parseAnnouncedName(SUBJECT), keys);
    const request = readSigningRequest(fromPem(pem)[0]!);
    expect(request.subject).toEqual({ O: ['Org'], OU: ['OrgUnit'], L: ['locality'], ST: ['province'], C: ['DE'], CN: ['0b1c'] });
    expect(request.publicKey.equals(keys.publicKey)).toBe(true);
    expect(() => checkSigningRequest(request)).not.toThrow();
    expect(forge.pki.certificationRequestFromPem(pem).verify()).toBe(true);
  });

  it('of elliptic keys and with other attributes are read', async () => {
    const keyFile = join(dir, 'ec.key');
    writeFileSync(keyFile, (await generateEcKey()).privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const pem = openssl(
      'req',
      '-new',
      '-key',
      keyFile,
      '-utf8',
      '-subj',
      '/CN=müller/emailAddress=a@b.example',
      '-addext',
      'subjectAltName=DNS:x.example',
    );
    const request = readSigningRequest(fromPem(pem)[0]!);
    expect(request.subject).toEqual({ CN: ['müller'] });
    expect(() => checkSigningRequest(request)).not.toThrow();
  });

  it('with a changed byte anywhere in the content are not believed', () => {
    const der = fromPem(createSigningRequest(parseAnnouncedName(SUBJECT), keys))[0]!;
    const at = der.indexOf(Buffer.from('0b1c'));
    const changed = Buffer.from(der);
    changed[at] = 'f'.charCodeAt(0);
    expect(() => checkSigningRequest(readSigningRequest(changed))).toThrow('crypto/rsa: verification error');
  });

  it('signed with SHA-1 are not believed', () => {
    const keyFile = join(dir, 'rsa.key');
    writeFileSync(keyFile, keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const request = readSigningRequest(fromPem(openssl('req', '-new', '-key', keyFile, '-sha1', '-subj', '/CN=x'))[0]!);
    expect(() => checkSigningRequest(request)).toThrow('x509: cannot verify signature: insecure algorithm SHA1-RSA');
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['text', Buffer.from('this is not a request')],
    ['half a request', undefined],
  ])('that are %s are no requests', (_, bytes) => {
    const der = bytes ?? fromPem(createSigningRequest(parseAnnouncedName(SUBJECT), keys))[0]!.subarray(0, 200);
    expect(() => readSigningRequest(der)).toThrow();
  });
});

describe('PEM', () => {
  it('is read whatever its label, line ends and headers', () => {
    const der = Buffer.from('some bytes');
    const pem = toPem('NEW CERTIFICATE REQUEST', der);
    expect(fromPem(`text before\n${pem.replaceAll('\n', '\r\n')}\n${pem}`)).toEqual([der, der]);
    for (const headers of ['Proc-Type: 4,ENCRYPTED\n\n', 'A:b\nC: d\n', '\n'])
      expect(fromPem(`-----BEGIN X-----\n${headers}c29tZSBieXRlcw==\n-----END X-----\n`)).toEqual([der]);
    expect(fromPem('-----BEGIN X----- \nc29tZSBieXRlcw==\n-----END X-----\t')).toEqual([der]);
  });

  it.each([
    ['the labels differ', '-----BEGIN A-----\nAAAA\n-----END B-----'],
    ['it begins inside of a line', ' -----BEGIN A-----\nAAAA\n-----END A-----'],
    ['it ends inside of a line', '-----BEGIN A-----\nAAAA-----END A-----'],
    ['more follows on its last line', '-----BEGIN A-----\nAAAA\n-----END A-----x'],
  ])('is not found where %s', (_, pem) => {
    expect(fromPem(pem)).toEqual([]);
  });
});
