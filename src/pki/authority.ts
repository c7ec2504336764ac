/** Certificate authorities: the one that the Connector signs with, and the one that servers of this plane show. */
import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { fromDer, parts, type Asn1 } from './asn1.ts';
import { alternativeNames, authorityConstraint, forClients, forServers, issueCertificate, keyUsage, type Issuer } from './certificate.ts';
import { generateEcKey, generateRsaKey, privateKeyPem, rsaBits, type KeyPair } from './keys.ts';
import { nameToAsn1, type DistinguishedName, type NamePart } from './name.ts';
import type { Hash } from './signature.ts';

/** An authority as it is kept. */
export interface AuthorityFiles {
  /** Its certificate, PEM. */
  readonly certificate: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  /** Who issued it, PEM; its own certificate where it is self-signed. */
  readonly root: string;
}

const HOUR = 3_600_000;
const AUTHORITY_HOURS = 87_600;
/** So that clients whose clocks are a little slow accept it at once. */
const BACK_DATED = 5 * 60_000;

const CONNECTOR_SUBJECT: DistinguishedName = { C: ['DE'], O: ['Org'], OU: ['OrgUnit'], L: ['locality'], ST: ['province'], CN: ['Kyma'] };
const CONNECTOR_ORDER: readonly NamePart[] = ['C', 'O', 'OU', 'L', 'ST', 'CN'];

/**
 * Makes the Connector's authority, issued by a root whose key is thrown away (`reference: facts/connector.md 4`).
 * Takes seconds of another thread: 4096 bits are what clients of the reference see.
 */
export async function createConnectorAuthority(now: Date, bits = 4096): Promise<AuthorityFiles> {
  const [rootKeys, keys] = await Promise.all([generateRsaKey(2048), generateRsaKey(bits)]);
  const rootName = nameToAsn1({ O: ['Root'], CN: ['compass-root'] }, ['O', 'CN']);
  const root = issueAuthority({ name: rootName, ...rootKeys }, rootName, rootKeys.publicKey, now);
  const certificate = issueAuthority({ name: rootName, ...rootKeys }, nameToAsn1(CONNECTOR_SUBJECT, CONNECTOR_ORDER), keys.publicKey, now);
  return { certificate, privateKey: privateKeyPem(keys.privateKey), root };
}

/** Makes the authority that this plane's servers are trusted by; ready at once. */
export async function createServerAuthority(now: Date): Promise<AuthorityFiles> {
  const keys = await generateEcKey();
  const name = nameToAsn1({ O: ['Compass'], CN: ['Compass servers'] }, ['O', 'CN']);
  const certificate = issueAuthority({ name, ...keys }, name, keys.publicKey, now);
  return { certificate, privateKey: privateKeyPem(keys.privateKey), root: certificate };
}

function issueAuthority(issuer: Issuer, subject: Asn1, publicKey: KeyObject, now: Date): string {
  const notBefore = new Date(now.getTime() - BACK_DATED);
  return issueCertificate(issuer, {
    subject,
    publicKey,
    notBefore,
    notAfter: new Date(notBefore.getTime() + AUTHORITY_HOURS * HOUR),
    extensions: [keyUsage('digitalSignature', 'keyCertSign', 'cRLSign'), authorityConstraint()],
  });
}

/**
 * An authority from the files of an operator: its certificate in PEM, perhaps with those above it, and its key in PKCS #1 or PKCS #8.
 * @throws Error that tells why it cannot sign client certificates
 */
export function readAuthority(certificate: string, privateKey: string, now: Date): AuthorityFiles {
  const chain = certificate.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g) ?? [];
  if (chain.length === 0) throw new Error('there is no certificate in PEM');
  const own = new X509Certificate(chain[0]!);
  const key = createPrivateKey(privateKey);
  const bits = rsaBits(key);
  if (!own.checkPrivateKey(key)) throw new Error('the key is not that of the certificate');
  if (!own.ca) throw new Error('the certificate is not that of an authority');
  if (bits === undefined || bits < 2048) throw new Error('the key must be an RSA key of at least 2048 bits');
  if (new Date(own.validTo) <= now) throw new Error(`the certificate has run out on ${own.validTo}`);
  return { certificate: chain.join(''), privateKey: privateKeyPem(key), root: standIn(own, key) };
}

/** The same name and key, signed by itself: what chains end at where those above the authority are not known here. */
function standIn(authority: X509Certificate, privateKey: KeyObject): string {
  const name = subjectOf(authority);
  return issueCertificate(
    { name, publicKey: authority.publicKey, privateKey },
    {
      subject: name,
      publicKey: authority.publicKey,
      notBefore: new Date(authority.validFrom),
      notAfter: new Date(authority.validTo),
      extensions: [keyUsage('digitalSignature', 'keyCertSign', 'cRLSign'), authorityConstraint()],
    },
  );
}

/** An authority that is ready to sign. */
export interface Authority extends Issuer {
  readonly files: AuthorityFiles;
}

export function openAuthority(files: AuthorityFiles): Authority {
  const certificate = new X509Certificate(files.certificate);
  const privateKey = createPrivateKey(files.privateKey);
  return { files, name: subjectOf(certificate), publicKey: createPublicKey(privateKey), privateKey };
}

/** The subject as it is encoded: certificate content is [version], serial, algorithm, issuer, validity, subject, … */
const subjectOf = (certificate: X509Certificate) => parts(parts(fromDer(certificate.raw))[0])[5]!;

export interface ClientWish {
  readonly subject: DistinguishedName;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly hours: number;
  readonly hash: Hash;
}

const CLIENT_ORDER: readonly NamePart[] = ['C', 'ST', 'L', 'O', 'OU', 'CN'];

/** A certificate that lets a client in, PEM. */
export const issueClientCertificate = (authority: Authority, { subject, publicKey, notBefore, hours, hash }: ClientWish) =>
  issueCertificate(authority, {
    subject: nameToAsn1(subject, CLIENT_ORDER),
    publicKey,
    notBefore,
    notAfter: new Date(notBefore.getTime() + hours * HOUR),
    extensions: [keyUsage('digitalSignature'), forClients()],
    hash,
  });

export interface OwnCertificate {
  /** Certificate and its authority, PEM. */
  readonly cert: string;
  /** PKCS #8, PEM. */
  readonly key: string;
  readonly notAfter: Date;
}

const OWN_HOURS = 90 * 24;

/** A certificate that the plane itself shows where it is the client. */
export async function issueOwnCertificate(authority: Authority, now: Date): Promise<OwnCertificate> {
  const keys = await generateEcKey();
  const notBefore = new Date(now.getTime() - BACK_DATED);
  const certificate = issueClientCertificate(authority, {
    subject: { O: ['Compass'], OU: ['Management plane'], CN: ['compass'] },
    publicKey: keys.publicKey,
    notBefore,
    hours: OWN_HOURS,
    hash: 'sha256',
  });
  return {
    cert: certificate + authority.files.certificate,
    key: privateKeyPem(keys.privateKey),
    notAfter: new Date(notBefore.getTime() + OWN_HOURS * HOUR),
  };
}

export interface ServerCertificate {
  /** Certificate and its authority, PEM. */
  readonly chain: string;
  readonly keys: KeyPair;
}

/** A certificate for a server that is reached by these names and addresses. */
export async function issueServerCertificate(authority: Authority, hosts: readonly string[], now: Date): Promise<ServerCertificate> {
  const keys = await generateEcKey();
  const certificate = issueCertificate(authority, {
    subject: nameToAsn1({ O: ['Compass'], CN: [hosts[0] ?? 'localhost'] }, ['O', 'CN']),
    publicKey: keys.publicKey,
    notBefore: new Date(now.getTime() - BACK_DATED),
    notAfter: new Date(now.getTime() + 398 * 24 * HOUR),
    extensions: [
      keyUsage('digitalSignature'),
      forServers(),
      alternativeNames({
        dns: hosts.filter((host) => isIP(host) === 0),
        addresses: hosts.filter((host) => isIP(host) !== 0).map(addressBytes),
      }),
    ],
  });
  return { chain: certificate + authority.files.certificate, keys };
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groups = (side: string) => (side === '' ? [] : side.split(':').map((group) => Number.parseInt(group, 16)));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const all = [...before, ...Array.from<number>({ length: 8 - before.length - after.length }).fill(0), ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
