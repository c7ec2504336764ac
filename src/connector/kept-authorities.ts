/** Certificate authorities as the Registry keeps them: the two that sign, and former ones whose certificates still count. */
import { X509Certificate, type KeyObject } from 'node:crypto';
import type { AuthorityFiles } from '../pki/authority.ts';
import { fingerprint } from '../pki/certificate.ts';
import type { ReadTx, Registry, WriteTx } from '../registry/contract.ts';
import { authorities, type AuthorityRecord } from './records.ts';

/** An authority whose client certificates are accepted. */
export interface Accepted {
  /** SHA-256 of its certificate. */
  readonly id: string;
  /** PEM; with those above it where it was given with them. */
  readonly certificate: string;
  /** Who issued it, PEM. */
  readonly root: string;
  readonly publicKey: KeyObject;
  /** ISO 8601; absent for the one that signs. */
  readonly until?: string;
}

const HOUR = 3_600_000;
export const idOf = (certificate: string): string => fingerprint(new X509Certificate(certificate));
const about = (operation: string) => ({ by: 'compass', operation });

const recordOf = (id: string, files: AuthorityFiles, now: Date): AuthorityRecord => ({ id, ...files, createdAt: now.toISOString() });

/** Another process may have been quicker: the one that is kept wins. */
export const keepFirst = (registry: Registry, id: 'clients' | 'servers', files: AuthorityFiles, now: Date): Promise<AuthorityRecord> =>
  registry.write(about('createCertificateAuthority'), async (tx) => {
    const present = await tx.get(authorities, id);
    if (present) return present;
    const made = recordOf(id, files, now);
    await tx.put(authorities, made);
    return made;
  });

const retire = (tx: WriteTx, present: AuthorityRecord, until: Date) =>
  tx.put(authorities, { ...present, id: idOf(present.certificate), privateKey: '', acceptedUntil: until.toISOString() });

export interface Replacement {
  readonly now: Date;
  readonly certificateHours: number;
  /** Nothing that others have signed counts any more. */
  readonly distrust: boolean;
}

/** Puts an authority in the place of the one that signs client certificates; forgets those whose certificates have all run out. */
export const replaceClients = (
  registry: Registry,
  files: AuthorityFiles,
  { now, certificateHours, distrust }: Replacement,
): Promise<void> =>
  registry.write(about('rotateCertificateAuthority'), async (tx) => {
    const present = await tx.get(authorities, 'clients');
    if (present && idOf(present.certificate) === idOf(files.certificate)) return;
    for (const former of await tx.find(authorities, 'former', 'clients'))
      if (distrust || former.acceptedUntil! < now.toISOString()) await tx.delete(authorities, former.id);
    if (present && !distrust) await retire(tx, present, new Date(now.getTime() + certificateHours * HOUR));
    await tx.put(authorities, recordOf('clients', files, now));
  });

/** Those of client certificates that count, the one that signs first. `now`: ISO 8601. */
export async function acceptedIn(tx: ReadTx, now: string): Promise<readonly Accepted[]> {
  const signs = await tx.get(authorities, 'clients');
  const former = (await tx.find(authorities, 'former', 'clients')).filter(({ acceptedUntil }) => acceptedUntil! >= now);
  return [...(signs ? [signs] : []), ...former].map(({ certificate, root, acceptedUntil }) => ({
    id: idOf(certificate),
    certificate,
    root,
    publicKey: new X509Certificate(certificate).publicKey,
    ...(acceptedUntil === undefined ? {} : { until: acceptedUntil }),
  }));
}
