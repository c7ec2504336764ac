import { createHash } from 'node:crypto';
import { collection, type Stored } from '../../registry/contract.ts';
import type { AuthRecord } from '../auth/records.ts';

export type SystemAuthOwnerKind = 'application' | 'runtime' | 'integrationSystem';

/** One way in for an application, runtime or integration system; its id is the common name of its certificates and the id of its OAuth client. */
export interface SystemAuthRecord extends Stored {
  readonly owner: { readonly kind: SystemAuthOwnerKind; readonly id: string };
  /** Internal id of the tenant of the call that made it; none for integration systems. */
  readonly tenantId?: string;
  readonly auth?: AuthRecord;
  readonly createdAt: string;
}

export const systemAuthOwnerKey = (kind: SystemAuthOwnerKind, id: string) => `${kind}|${id}`;

/** Tokens are looked up by digest, so that no index holds one. */
export const tokenDigest = (token: string) => createHash('sha256').update(token).digest('base64url');

export const systemAuths = collection<SystemAuthRecord>()(
  'systemAuths',
  {
    owner: { keys: (auth) => [systemAuthOwnerKey(auth.owner.kind, auth.owner.id)] },
    token: { keys: (auth) => (auth.auth?.oneTimeToken ? [tokenDigest(auth.auth.oneTimeToken.token)] : []) },
  },
  { sealed: ['auth'] },
);
