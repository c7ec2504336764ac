/** The client certificate of a TLS connection: looked at once a connection, whatever the number of its requests. */
import type { KeyObject, X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { fromDer, parts } from '../pki/asn1.ts';
import { fingerprint } from '../pki/certificate.ts';
import { nameFromAsn1, parseSubject, type DistinguishedName } from '../pki/name.ts';
import type { Directory } from './directory.ts';
import type { PresentedCertificate } from './proxied-certificate.ts';

export interface ClientCertificate {
  /** SHA-256, lower case hexadecimal. */
  readonly fingerprint: string;
  readonly name: DistinguishedName;
  /** Subject as text, the most particular part first. */
  readonly subject: string;
  /** Whether this plane's own authority signed it; the subject alone says nothing about that. */
  readonly ours: boolean;
  readonly notAfter: Date;
}

/** With the keys that it was judged by: others may have come since. */
const seen = new WeakMap<TLSSocket, { readonly read: ClientCertificate; readonly by: readonly KeyObject[] }>();

const subjectText = (certificate: X509Certificate) => certificate.subject.split('\n').reverse().join(',');

/** Undefined where the connection has no certificate that was verified. `ownKeys` is another list whenever one of them has changed. */
export function clientCertificateOf(socket: TLSSocket | undefined, ownKeys: readonly KeyObject[]): ClientCertificate | undefined {
  if (!socket?.authorized) return undefined;
  const known = seen.get(socket);
  if (known && known.by === ownKeys) return known.read;
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return undefined;
  const read: ClientCertificate = {
    fingerprint: fingerprint(certificate),
    name: nameFromAsn1(parts(parts(fromDer(certificate.raw))[0]).filter(({ tagClass }) => tagClass === 0)[4]!),
    subject: subjectText(certificate),
    ours: ownKeys.some((key) => certificate.verify(key)),
    notAfter: new Date(certificate.validTo),
  };
  seen.set(socket, { read, by: ownKeys });
  return read;
}

/** The proxy has looked at how long it holds. */
const OPEN_END = new Date(8.64e15);

/**
 * The one of these that counts: the first of this plane's own, else the first. A proxy tells subjects and no authorities:
 * what is this plane's own is known by its fingerprint.
 */
export async function presentedCertificate(
  directory: Pick<Directory, 'issuedCertificate'>,
  presented: readonly PresentedCertificate[],
): Promise<ClientCertificate | undefined> {
  const read = await Promise.all(
    presented.map(async ({ fingerprint, subject }): Promise<ClientCertificate> => {
      const name = parseSubject(subject);
      const issued = await directory.issuedCertificate(fingerprint);
      const ours = issued !== undefined && issued.authId === name.CN?.[0];
      return { fingerprint, name, subject, ours, notAfter: issued ? new Date(issued.notAfter) : OPEN_END };
    }),
  );
  return read.find(({ ours }) => ours) ?? read[0];
}
