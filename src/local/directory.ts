/** Answers what the Gateway asks about callers, from the records of the Director and the Connector. */
import type { Connector } from '../connector/connector.ts';
import { mappingsForSubject } from '../director/certificate-subject-mapping/rules.ts';
import type { Director } from '../director/director.ts';
import { findByUsableToken, useToken } from '../director/one-time-token/use.ts';
import { findOAuthClient } from '../director/system-auth/oauth-clients.ts';
import { systemAuths } from '../director/system-auth/records.ts';
import { tenants, type TenantRecord } from '../director/tenant/records.ts';
import type { Directory, KnownTenant } from '../gateway/directory.ts';

function known(tenant: TenantRecord | undefined): KnownTenant | undefined {
  if (!tenant) return undefined;
  const { id, externalID: externalId, type, labels } = tenant;
  const { region, customerId: customer } = labels;
  return {
    id,
    externalId,
    type,
    region: type === 'subaccount' && typeof region === 'string' ? region : '',
    ...(typeof customer === 'string' && customer !== '' && { customer }),
  };
}

export interface DirectoryOptions {
  readonly director: Director;
  readonly connector: Connector;
  readonly clock?: () => Date;
}

export function createDirectory({ director, connector, clock = () => new Date() }: DirectoryOptions): Directory {
  const { registry, settings } = director;
  return {
    tenantByInternalID: async (id) => known(await registry.latest.get(tenants, id)),
    tenantByExternalID: async (id) => known((await registry.latest.find(tenants, 'externalID', id))[0]),
    systemAuth: (id) => registry.latest.get(systemAuths, id),
    oauthClient: (id) => findOAuthClient(registry.latest, id),
    issuedCertificate: (fingerprint) => connector.issued(fingerprint),
    isRevoked: (fingerprint) => connector.isRevoked(fingerprint),
    subjectMappings: (subject) => mappingsForSubject(registry.latest, subject),
    async useToken(token) {
      const now = clock().toISOString();
      const found = await findByUsableToken(registry.latest, token, settings, now);
      if (!found) return undefined;
      const by = `${found.owner.kind} ${found.owner.id}`;
      return registry.write({ by, operation: 'useOneTimeToken', ...(found.tenantId ? { tenant: found.tenantId } : {}) }, (tx) =>
        useToken(tx, token, settings, now),
      );
    },
  };
}
