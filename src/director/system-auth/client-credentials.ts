/** OAuth2 clients of the plane's own token endpoint: each lives and ends with its system auth (`reference: facts/security.md 6.2`). */
import { randomBytes } from 'node:crypto';
import { requireOwnApplication } from '../application/rules.ts';
import { type Call, tenantOf, type WriteCall } from '../call.ts';
import type { DirectorSettings } from '../context.ts';
import { notFound } from '../errors.ts';
import { integrationSystems } from '../integration-system/records.ts';
import { requireRuntimeToChange } from '../runtime/rules.ts';
import type { SystemAuthOwnerKind, SystemAuthRecord } from './records.ts';
import { createSystemAuth } from './rules.ts';

const SECRET_BYTES = 32;

/** @throws NotFound [object=application|runtime|integrationSystem], TenantRequired */
export async function requireClientOwner(call: Call, kind: SystemAuthOwnerKind, id: string): Promise<void> {
  if (kind !== 'integrationSystem') tenantOf(call);
  if (kind === 'application') await requireOwnApplication(call, id);
  else if (kind === 'runtime') await requireRuntimeToChange(call, id);
  else if (!(await call.tx.get(integrationSystems, id))) throw notFound('integrationSystem');
}

/** One more client for the owner. @throws NotFound [object=application|runtime|integrationSystem], TenantRequired */
export async function requestClientCredentials(
  call: WriteCall,
  kind: SystemAuthOwnerKind,
  id: string,
  settings: DirectorSettings,
): Promise<SystemAuthRecord> {
  await requireClientOwner(call, kind, id);
  const clientId = call.newId();
  const credential = {
    kind: 'oauth',
    clientId,
    clientSecret: randomBytes(SECRET_BYTES).toString('base64url'),
    url: settings.oauthTokenURL,
  } as const;
  return createSystemAuth(call, { kind, id }, { credential }, clientId);
}
