/** Client certificates that a fronting proxy has verified and tells of in a header (`reference: facts/connector.md 1, 5`). */
import { BlockList, isIP } from 'node:net';

/** What the header says of one certificate. */
export interface PresentedCertificate {
  /** SHA-256, lower case hexadecimal. */
  readonly fingerprint: string;
  /** RFC 2253 or alike, the most particular part first. */
  readonly subject: string;
}

export const CERTIFICATE_HEADER = 'certificate-data';

/** As many as nobody needs, and few enough that a header cannot cost time. */
const LONGEST = 16_384;
const PAIR = /(?:^|[;,])\s*(Hash|Subject)=(?:"((?:[^"\\]|\\.)*)"|([^;,"]*))/gi;

/** The certificates in the header; none where hashes and subjects are not of one number. */
export function readCertificateData(header: string | undefined): readonly PresentedCertificate[] {
  if (header === undefined || header.length > LONGEST) return [];
  const pairs = [...header.matchAll(PAIR)].map(([, key = '', quoted, plain]) => ({
    key: key.toLowerCase(),
    value: quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain ?? '',
  }));
  const hashes = pairs.filter(({ key }) => key === 'hash').map(({ value }) => value.toLowerCase());
  const subjects = pairs.filter(({ key }) => key === 'subject').map(({ value }) => value);
  if (hashes.length !== subjects.length || !hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash))) return [];
  return hashes.map((fingerprint, at) => ({ fingerprint, subject: subjects[at]! }));
}

/** The header's value for a certificate, as `readCertificateData` takes it. */
export const writeCertificateData = ({ fingerprint, subject }: PresentedCertificate) =>
  `Hash=${fingerprint};Subject="${subject.replaceAll(/["\\]/g, '\\$&')}";URI=`;

/** Whether an address is one of these: each an IP address, or a network such as `10.0.0.0/8`. @throws Error that names the one that is neither */
export function addressList(entries: readonly string[]): (address: string) => boolean {
  // the common case, asked at every request
  if (entries.length === 0) return () => false;
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address);
    const bits = Number(prefix ?? (family === 6 ? 128 : 32));
    if (family === 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32))
      throw new Error(`${entry} is neither an address nor a network such as 10.0.0.0/8`);
    list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
  }
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '');
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  };
}
