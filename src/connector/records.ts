/** What the Connector keeps: its authorities, what it issued, and what was given back. */
import type { AuthorityFiles } from '../pki/authority.ts';
import { collection, type Stored } from '../registry/contract.ts';

/** `clients` and `servers` sign; what signed clients before has its fingerprint for an id. */
export interface AuthorityRecord extends Stored, AuthorityFiles {
  /** Empty where this process may not sign with it: the operator keeps the key, or another authority has taken over. */
  readonly privateKey: string;
  readonly createdAt: string;
  /** Of former authorities: until when client certificates of theirs are accepted. */
  readonly acceptedUntil?: string;
}

export const authorities = collection<AuthorityRecord>()(
  'certificateAuthorities',
  { former: { keys: ({ acceptedUntil }) => (acceptedUntil === undefined ? [] : ['clients']) } },
  { sealed: ['privateKey'] },
);

/** Its id is the fingerprint: SHA-256 of the certificate, lower case hexadecimal. */
export interface IssuedCertificateRecord extends Stored {
  /** The system auth that it stands for. */
  readonly authId: string;
  readonly serialNumber: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

export const issuedCertificates = collection<IssuedCertificateRecord>()('issuedCertificates', {
  auth: { keys: (certificate) => [certificate.authId] },
});

/** Its id is the fingerprint of the certificate that was given back. */
export interface RevocationRecord extends Stored {
  readonly authId: string;
  readonly revokedAt: string;
}

export const revocations = collection<RevocationRecord>()('revocations', {
  auth: { keys: (revocation) => [revocation.authId] },
});
