/** What tests of the Gateway know of clients: one tenant, and an auth of one application in it. */
import type { Directory } from '../../../src/gateway/directory.ts';

export const TENANT = { id: 't', externalId: 'T', type: 'account', region: '' };

export const knownDirectory = (more: Partial<Directory> = {}): Directory => ({
  tenantByInternalID: (id) => (id === TENANT.id ? TENANT : undefined),
  tenantByExternalID: (id) => (id === TENANT.externalId ? TENANT : undefined),
  systemAuth: (id) => (id === 'auth-1' ? { id, owner: { kind: 'application', id: 'app-1' }, tenantId: TENANT.id } : undefined),
  oauthClient: () => undefined,
  useToken: async () => undefined,
  issuedCertificate: () => undefined,
  isRevoked: () => false,
  subjectMappings: () => [],
  ...more,
});
