import { describe, expect, it } from 'vitest';
import type { ClientCertificate } from '../../../src/gateway/client-certificate.ts';
import type { KnownMapping, KnownTenant } from '../../../src/gateway/directory.ts';
import { authSession, externalIdentity } from '../../../src/gateway/session.ts';
import { DEFAULT_EXTERNAL_ISSUER } from '../../../src/gateway/subject.ts';
import { onBehalfOf } from '../../../src/gateway/user-context.ts';
import { NOBODY, type Identity } from '../../../src/identity/identity.ts';
import { knownDirectory } from './known.ts';

const ACCOUNT: KnownTenant = { id: 'a', externalId: 'A', type: 'account', region: '' };
const SUBACCOUNT: KnownTenant = { id: 's', externalId: 'S', type: 'subaccount', region: 'eu-1' };
const OTHER_REGION: KnownTenant = { id: 'o', externalId: 'O', type: 'subaccount', region: 'us-1' };
/** Its customer takes its place. */
const SOLD: KnownTenant = { id: 'c', externalId: 'C', type: 'account', region: '', customer: 'A' };
const LOST: KnownTenant = { id: 'l', externalId: 'L', type: 'account', region: '', customer: 'nowhere' };
const TENANTS = [ACCOUNT, SUBACCOUNT, OTHER_REGION, SOLD, LOST];

const directory = knownDirectory({
  tenantByInternalID: (id) => TENANTS.find((tenant) => tenant.id === id),
  tenantByExternalID: (id) => TENANTS.find((tenant) => tenant.externalId === id),
});

const AUTH = { id: 'x', owner: { kind: 'application', id: 'app' }, tenantId: 'a' } as const;

describe('a system auth', () => {
  it('is let into its own tenant, named or not', async () => {
    for (const named of [undefined, 'A'])
      expect((await authSession(directory, AUTH, named, 'Certificate'))?.identity.tenant).toEqual({ id: 'a', externalId: 'A' });
  });

  it('has no tenant where it names another, and no session where that does not exist', async () => {
    const session = await authSession(directory, AUTH, 'S', 'Certificate');
    expect(session).toMatchObject({ foreignTenant: 'S', identity: { consumer: { id: 'app', type: 'Application' } } });
    expect(session?.identity.tenant).toBeUndefined();
    expect(await authSession(directory, AUTH, 'nowhere', 'Certificate')).toBeUndefined();
  });

  it('has the region of a subaccount', async () => {
    expect((await authSession(directory, { ...AUTH, tenantId: 's' }, undefined, 'Certificate'))?.identity.region).toBe('eu-1');
  });

  it('that names its tenant is in the one that takes its place, and nowhere where that does not exist', async () => {
    const inSold = { ...AUTH, tenantId: 'c' };
    expect((await authSession(directory, inSold, undefined, 'Certificate'))?.identity.tenant).toEqual({ id: 'c', externalId: 'C' });
    expect((await authSession(directory, inSold, 'C', 'Certificate'))?.identity).toMatchObject({
      tenant: { id: 'a', externalId: 'A' },
      providerTenant: { id: 'c', externalId: 'C' },
    });
    expect((await authSession(directory, inSold, 'A', 'Certificate'))?.foreignTenant).toBe('A');
    expect(await authSession(directory, { ...AUTH, tenantId: 'l' }, 'L', 'Certificate')).toBeUndefined();
    const bridge = { id: 'i', owner: { kind: 'integrationSystem', id: 'is' } } as const;
    expect((await authSession(directory, bridge, 'C', 'OAuth2'))?.identity.tenant?.id).toBe('a');
  });

  it('is worth nothing when its tenant is gone', async () => {
    expect(await authSession(directory, { ...AUTH, tenantId: 'gone' }, undefined, 'Certificate')).toBeUndefined();
  });
});

const certificate = (OU: string): ClientCertificate => ({
  fingerprint: 'f',
  name: { C: ['DE'], O: ['SAP SE'], L: ['l'], OU: ['Region', OU], CN: ['c'] },
  subject: `CN=c,OU=${OU}`,
  ours: false,
  notAfter: new Date('2100-01-01'),
});

const mapping = (consumerType: string, tenantAccessLevels: string[], internalConsumerID?: string): KnownMapping => ({
  subject: 'C=DE, L=l, O=SAP SE, OU=Region, OU=u, CN=c',
  consumerType,
  tenantAccessLevels,
  ...(internalConsumerID ? { internalConsumerID } : {}),
});

const identify = (OU: string, named: string | undefined, mappings: KnownMapping[] = []) =>
  externalIdentity(directory, certificate(OU), named, { issuer: DEFAULT_EXTERNAL_ISSUER, mappings });

describe('a certificate of another authority', () => {
  it('stands for the tenant in its unit, whatever the header names', async () => {
    expect(await identify('A', 'S')).toMatchObject({ tenant: { externalId: 'A' }, consumer: { id: 'A', type: 'External Certificate' } });
    await expect(identify('nowhere', 'A')).rejects.toThrow('Tenant not found [externalTenant=nowhere]');
  });

  it('with levels enters tenants of those kinds alone', async () => {
    const levels = [mapping('Integration System', ['account'], 'is-1')];
    expect(await identify('u', 'A', levels)).toMatchObject({ tenant: { id: 'a' }, consumer: { id: 'is-1', type: 'Integration System' } });
    expect(await identify('u', 'S', levels)).toBe(NOBODY);
    expect(await identify('u', undefined, levels)).toBe(NOBODY);
    await expect(identify('u', 'nowhere', levels)).rejects.toThrow('[externalTenant=nowhere]');
  });

  it('is in the tenant that takes the place of its own', async () => {
    const providerTenant = { id: 'c', externalId: 'C' };
    expect(await identify('C', undefined)).toMatchObject({ tenant: { id: 'a' }, providerTenant, consumer: { id: 'C' } });
    expect(await identify('u', 'C', [mapping('Super Admin', ['account'])])).toMatchObject({ tenant: { id: 'a' }, providerTenant });
    expect(await identify('L', undefined)).toBe(NOBODY);
    expect(await identify('u', 'L', [mapping('Super Admin', ['account'])])).toBe(NOBODY);
  });

  it('without levels stands for the consumer that its mapping names', async () => {
    expect(await identify('u', 'S', [mapping('Integration System', [], 'A')])).toMatchObject({
      tenant: { id: 'a' },
      consumer: { id: 'A' },
    });
  });

  it('with the level global needs no tenant', async () => {
    const identity = await identify('u', undefined, [mapping('Super Admin', ['global'])]);
    expect(identity.tenant).toBeUndefined();
    expect(identity.scopes).toContain('application:write');
  });

  it('of a kind that nobody knows is nobody', async () => {
    expect(await identify('u', 'A', [mapping('Gardener', ['account'])])).toBe(NOBODY);
  });
});

describe('a provider that calls for a consumer', () => {
  const provider: Identity = {
    tenant: { id: 's', externalId: 'S' },
    region: 'eu-1',
    consumer: { id: 'S', type: 'External Certificate' },
    flow: 'Certificate',
    scopes: ['a'],
  };
  const header = (tenantid: string) => JSON.stringify({ client_id: 'c', tenantid, user_name: 'u' });

  it('acts in the consumer’s tenant with its own rights', async () => {
    const expected = { tenant: { id: 's' }, providerTenant: { id: 's' }, onBehalfOf: 'u', tokenClientId: 'c', scopes: ['a'] };
    expect(await onBehalfOf(directory, provider, header('S'))).toMatchObject(expected);
    expect(await onBehalfOf(directory, provider, encodeURIComponent(header('S')))).toMatchObject(expected);
    const moved = { ...provider, tenant: { id: 'a', externalId: 'A' }, providerTenant: provider.tenant! };
    expect(await onBehalfOf(directory, moved, header('S'))).toMatchObject(expected);
  });

  it('is nobody in another region, and where it tells too little of the consumer', async () => {
    expect(await onBehalfOf(directory, provider, header('O'))).toBe(NOBODY);
    for (const part of [{ client_id: 'c' }, { tenantid: 'S' }, { client_id: '', tenantid: 'S' }, { client_id: 'c', tenantid: null }])
      expect(await onBehalfOf(directory, provider, JSON.stringify({ user_name: 'u', ...part }))).toBe(NOBODY);
  });

  it('calls for itself where the header names no user', async () => {
    for (const nothing of ['%', 'x', 'null', '[]', '{"client_id":"c","tenantid":"S"}', '{"client_id":"c","tenantid":"S","user_name":""}'])
      expect(await onBehalfOf(directory, provider, nothing)).toBe(provider);
  });
});
