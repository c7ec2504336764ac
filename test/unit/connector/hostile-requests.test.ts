/** Signing requests from people who mean no good, or whose tools are odd: each gets an answer in the Connector's words, soon. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeRequest, issueFor, judgeRequest } from '../../../src/connector/signing.ts';
import { bitString, fromDer, objectId, positiveInteger, sequence, setOf, tagged, text, toDer, type Asn1 } from '../../../src/pki/asn1.ts';
import { createConnectorAuthority, openAuthority, type Authority } from '../../../src/pki/authority.ts';
import { publicKeyDer, type KeyPair } from '../../../src/pki/keys.ts';
import { nameToAsn1, parseAnnouncedName } from '../../../src/pki/name.ts';
import { toPem } from '../../../src/pki/pem.ts';
import { algorithmIdentifier } from '../../../src/pki/signature.ts';
import { createSigningRequest } from '../../../src/pki/signing-request.ts';
import { processorTime } from '../../support/processor-time.ts';

const AUTH = '7c7cbb25-4e5e-4f0b-8f6c-1a2b3c4d5e6f';
const SUBJECT = parseAnnouncedName(`O=Org,OU=OrgUnit,L=locality,ST=province,C=DE,CN=${AUTH}`);
const SIGNING = 'Error while signing Certificate Signing Request: ';
const DECODING = 'Error while decoding Certificate Signing Request: ';

const rsa = (modulusLength: number): KeyPair => generateKeyPairSync('rsa', { modulusLength });
const base64 = (value: string | Buffer) => Buffer.from(value).toString('base64');

/** As the Connector goes about it. */
const ask = (encoded: string) => judgeRequest(decodeRequest(encoded), AUTH);

let dir: string;
let keys: KeyPair;
let authority: Authority;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'csr-'));
  keys = rsa(2048);
  authority = openAuthority(await createConnectorAuthority(new Date(), 2048));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** A request with any content, signed as it should be. */
function requestOf(subject: Asn1, version = 0): string {
  const info = sequence(positiveInteger(Buffer.of(version)), subject, fromDer(publicKeyDer(keys.publicKey)), tagged(0, []));
  const signature = sign('sha256', toDer(info), keys.privateKey);
  return toPem('CERTIFICATE REQUEST', toDer(sequence(info, algorithmIdentifier({ key: 'rsa', hash: 'sha256' }), bitString(signature))));
}

const ORDER = ['C', 'ST', 'L', 'O', 'OU', 'CN'] as const;

/** What the refusal of a request costs, in milliseconds of processor. */
const timed = (work: () => unknown): number => processorTime(() => expect(work).toThrow());

describe('keys', () => {
  it.each([
    [1024, 'between 2048 and 8192 bits, this one has 1024'],
    [512, 'between 2048 and 8192 bits, this one has 512'],
  ])('of %i bits are refused', (bits, why) => {
    expect(() => ask(base64(createSigningRequest(SUBJECT, rsa(bits))))).toThrow(
      `${SIGNING}Error while creating certificate: RSA keys have ${why}`,
    );
  });

  it('that are huge are refused before anything is signed', () => {
    const file = join(dir, 'huge.key');
    // making such a key takes minutes: a modulus nobody knows the factors of does as well, and its signature cannot hold
    const modulus = Buffer.alloc(4096, 0xff);
    const spki = sequence(
      sequence(objectId('1.2.840.113549.1.1.1')),
      bitString(toDer(sequence(positiveInteger(modulus), positiveInteger(Buffer.from([1, 0, 1]))))),
    );
    const info = sequence(positiveInteger(Buffer.of(0)), nameToAsn1(SUBJECT, ORDER), spki, tagged(0, []));
    const algorithm = algorithmIdentifier({ key: 'rsa', hash: 'sha256' });
    const pem = toPem('CERTIFICATE REQUEST', toDer(sequence(info, algorithm, bitString(Buffer.alloc(4096, 1)))));
    writeFileSync(file, pem);
    expect(timed(() => ask(base64(pem)))).toBeLessThan(1000);
  });

  it.each(['ed25519', 'ec'] as const)('of the kind %s are no RSA keys', (kind) => {
    const made = kind === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-384' }) : generateKeyPairSync('ed25519');
    expect(() => ask(base64(createSigningRequest(SUBJECT, made)))).toThrow(
      `${SIGNING}Error while creating certificate: x509: requested SignatureAlgorithm does not match private key type`,
    );
  });
});

describe('signatures', () => {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const subject = `/C=DE/O=Org/OU=OrgUnit/L=locality/ST=province/CN=${AUTH}`;
  const keyFile = () => {
    const file = join(dir, 'rsa.key');
    writeFileSync(file, keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    return file;
  };

  it('with SHA-1 are not believed', () => {
    const pem = openssl('req', '-new', '-sha1', '-key', keyFile(), '-subj', subject);
    expect(() => ask(base64(pem))).toThrow(`${SIGNING}CSR signature invalid: x509: cannot verify signature: insecure algorithm SHA1-RSA`);
  });

  it('of another key are not believed', () => {
    const other = rsa(2048);
    const pem = createSigningRequest(SUBJECT, { publicKey: keys.publicKey, privateKey: other.privateKey });
    expect(() => ask(base64(pem))).toThrow(`${SIGNING}CSR signature invalid: crypto/rsa: verification error`);
  });

  it('are asked for before the subject is looked at', () => {
    const pem = createSigningRequest({ CN: ['somebody else'] }, { publicKey: keys.publicKey, privateKey: rsa(2048).privateKey });
    expect(() => ask(base64(pem))).toThrow('CSR signature invalid');
  });
});

describe('subjects', () => {
  it.each([
    ['CN=admin', { CN: ['admin'] }, 'CSR: Invalid common name provided.'],
    ['the id with a blank', { CN: [`${AUTH} `] }, 'CSR: Invalid common name provided.'],
    ['the id in upper case', { CN: [AUTH.toUpperCase()] }, 'CSR: Invalid common name provided.'],
    ['the id and then another', { CN: [AUTH, 'admin'] }, 'CSR: Invalid common name provided.'],
    ['no country', { C: [] }, 'CSR: No country provided.'],
    ['another country first', { C: ['FR', 'DE'] }, 'CSR: Invalid country provided.'],
    ['another unit first', { OU: ['Admins', 'OrgUnit'] }, 'CSR: Invalid organizational unit provided.'],
    ['a zero byte in the organization', { O: ['Org\0'] }, 'CSR: Invalid organization provided.'],
    ['no province', { ST: [] }, 'CSR: No province provided.'],
  ])('with %s are refused', (_, wrong, why) => {
    const name = { ...SUBJECT, ...wrong };
    const parts = ORDER.flatMap((part) => (name[part] ?? []).map((value) => nameToAsn1({ [part]: [value] }, [part])));
    const subject = sequence(...parts.flatMap((one) => one.value as Asn1[]));
    expect(() => ask(base64(requestOf(subject)))).toThrow(SIGNING + why);
  });

  it('in another encoding are the same subject', () => {
    const utf16 = Buffer.from(AUTH, 'utf16le').swap16();
    const commonName = setOf([sequence(objectId('2.5.4.3'), { ...text(''), type: 0x1e, value: utf16.toString('latin1') } as Asn1)]);
    const { CN: _, ...others } = SUBJECT;
    const subject = sequence(...(nameToAsn1(others, ORDER).value as Asn1[]), commonName);
    expect(ask(base64(requestOf(subject))).subject.CN).toEqual([AUTH]);
  });

  it('give a certificate that says no more than they may', () => {
    const extra = [
      setOf([sequence(objectId('2.5.4.5'), text('4711'))]),
      setOf([sequence(objectId('1.2.840.113549.1.9.1'), text('root@example.com'))]),
    ];
    const request = ask(base64(requestOf(sequence(...(nameToAsn1(SUBJECT, ORDER).value as Asn1[]), ...extra))));
    const { certificate } = issueFor(request, authority, new Date(), 1);
    expect(certificate.subject).toBe(`C=DE\nST=province\nL=locality\nO=Org\nOU=OrgUnit\nCN=${AUTH}`);
  });
});

describe('extensions', () => {
  it('that are asked for are not given', () => {
    const config = join(dir, 'ca.cnf');
    writeFileSync(
      config,
      '[req]\ndistinguished_name=dn\nreq_extensions=ext\n[dn]\n[ext]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:compass.example.com\n1.2.3.4=DER:0102',
    );
    const keyFile = join(dir, 'ext.key');
    writeFileSync(keyFile, keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const pem = execFileSync(
      'openssl',
      ['req', '-new', '-key', keyFile, '-config', config, '-subj', `/C=DE/O=Org/OU=OrgUnit/L=locality/ST=province/CN=${AUTH}`],
      { encoding: 'utf8' },
    );
    const { certificate } = issueFor(ask(base64(pem)), authority, new Date(), 1);
    expect(certificate.ca).toBe(false);
    expect(certificate.subjectAltName).toBeUndefined();
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(new X509Certificate(certificate.raw).verify(authority.publicKey)).toBe(true);
  });
});

describe('what is no request', () => {
  const PEM_MISSING = `${SIGNING}Error while decoding pem block.`;

  it.each([
    ['nothing', '', PEM_MISSING],
    ['text', base64('hello'), PEM_MISSING],
    ['a block that does not end', base64('-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n'), PEM_MISSING],
    ['a block that ends as another', base64('-----BEGIN A-----\nAAAA\n-----END B-----\n'), PEM_MISSING],
    ['a block that is no base64', base64('-----BEGIN A-----\nAAA\n-----END A-----\n'), PEM_MISSING],
    ['a block in the middle of a line', base64(' -----BEGIN A-----\nAAAA\n-----END A-----\n'), PEM_MISSING],
    ['UTF-16', Buffer.from('-----BEGIN A-----\nAAAA\n-----END A-----\n', 'utf16le').toString('base64'), PEM_MISSING],
    ['base64 without its padding', 'YQ', `${DECODING}Error while parsing base64 content. Incorrect value provided.`],
    ['base64 for addresses', '-_-_', `${DECODING}Error while parsing base64 content. Incorrect value provided.`],
    ['base64 with blanks', 'aGVs bG8=', `${DECODING}Error while parsing base64 content. Incorrect value provided.`],
    ['base64 with something after its end', 'YQ==YQ==', `${DECODING}Error while parsing base64 content. Incorrect value provided.`],
  ])('%s', (_, encoded, message) => {
    expect(() => ask(encoded)).toThrow(message);
  });

  it.each([
    ['a number', toDer(positiveInteger(Buffer.of(1)))],
    ['an empty sequence', toDer(sequence())],
    ['a certificate', () => new X509Certificate(authority.files.certificate).raw],
    ['a length that is not there', Buffer.from('3084ffffffff', 'hex')],
    ['nothing but a tag', Buffer.from('30', 'hex')],
    ['sequences without end', Buffer.from('3080'.repeat(5000), 'hex')],
    [
      'sequences in sequences',
      Array.from({ length: 3000 }).reduce<Buffer>(
        (inner) => Buffer.concat([Buffer.from([0x30, 0x83, inner.length >> 16, (inner.length >> 8) & 0xff, inner.length & 0xff]), inner]),
        Buffer.alloc(0),
      ),
    ],
  ])('%s in a block', (_, der) => {
    const pem = toPem('CERTIFICATE REQUEST', typeof der === 'function' ? der() : der);
    expect(() => ask(base64(pem))).toThrow(`${SIGNING}Error while parsing CSR: `);
  });

  it('is not read where it is too long to be one', () => {
    const long = base64('-----BEGIN a: b-----\n'.repeat(100_000));
    expect(timed(() => ask(long))).toBeLessThan(200);
    expect(() => ask(long)).toThrow(`${DECODING}the request has ${long.length} characters, at most 65536 are read`);
  });

  it('costs no time where it almost is one', () => {
    for (const line of ['-----BEGIN a: b-----\n', 'a: b\n', '\n', 'A'])
      expect(timed(() => ask(base64(`-----BEGIN a: b-----\n${line.repeat(48_000 / line.length)}`)))).toBeLessThan(500);
  });
});
