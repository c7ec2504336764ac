/** Who holds a bearer token: which tenant it may choose, and how long what was found out is remembered. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { tokenIdentity } from '../../../src/gateway/identify.ts';
import { type TrustedKey, trustedKey } from '../../../src/identity/keys.ts';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const issued = (claims: object) => {
  const head = `${encode({ alg: 'ES256', kid: 'issuer' })}.${encode({ exp: NOW / 1000 + 3600, ...claims })}`;
  return `${head}.${sign('sha256', Buffer.from(head), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
};

let now: number;
let sequence: number;
let trusted: TrustedKey | undefined;
let introspected: { clientId: string; scopes: string[] } | undefined;
let identify: ReturnType<typeof tokenIdentity>;

beforeEach(() => {
  now = NOW;
  sequence = 1;
  trusted = trustedKey({ ...ec.publicKey.export({ format: 'jwk' }), alg: 'ES256' });
  introspected = undefined;
  const tenants = { T: { id: 't', externalId: 'T' }, U: { id: 'u', externalId: 'U' }, C: { id: 'c', externalId: 'C', customer: 'T' } };
  identify = tokenIdentity({
    keys: () => trusted,
    tenants: { byInternalID: () => undefined, byExternalID: (id) => tenants[id as 'T'] },
    client: async (id, scopes) => ({ consumer: { id, type: 'Application' }, flow: 'OAuth2', scopes }),
    introspect: async () => introspected,
    sequence: () => sequence,
    clock: () => new Date(now),
  });
});

const caller = async (token: string, tenant?: string) => {
  const identified = await identify({ headers: { authorization: `Bearer ${token}`, ...(tenant === undefined ? {} : { tenant }) } });
  return 'caller' in identified ? identified.caller : identified.denied.status;
};

describe('the Tenant header', () => {
  it.each(['Static User', 'Integration System', ''])('speaks where the token of a %j leaves the tenant open', async (consumerType) =>
    expect(await caller(issued({ consumerType }), 'T')).toMatchObject({ tenant: { id: 't' } }),
  );

  it.each(['Application', 'Runtime'])('says nothing to the token of an %s', async (consumerType) =>
    expect(await caller(issued({ consumerType, consumerID: 'x' }), 'T')).not.toHaveProperty('tenant'),
  );

  it('says nothing where the token names a tenant', async () =>
    expect(await caller(issued({ tenant: JSON.stringify({ externalTenant: 'U' }) }), 'T')).toMatchObject({ tenant: { id: 'u' } }));

  it('leads to the tenant that takes the place of the one that it names, but for administrators of the plane', async () => {
    expect(await caller(issued({}), 'C')).toMatchObject({ tenant: { id: 't' }, providerTenant: { id: 'c' } });
    trusted = trustedKey({ ...ec.publicKey.export({ format: 'jwk' }), alg: 'ES256' }, true);
    const administrator = await caller(issued({ sub: 'admin' }), 'C');
    expect(administrator).toMatchObject({ tenant: { id: 'c', externalId: 'C' } });
    expect(administrator).not.toHaveProperty('providerTenant');
  });

  it('must name one that exists', async () => expect(await caller(issued({}), 'nowhere')).toBe(400));
});

describe('what was found out', () => {
  it('is remembered for five minutes at most: a key may be withdrawn', async () => {
    const token = issued({});
    await caller(token);
    trusted = undefined;
    now += 5 * MINUTE - 1;
    expect(await caller(token)).toMatchObject({ consumer: { id: '' } });
    now += 1;
    expect(await caller(token)).toBe(401);
  });

  it('is not remembered beyond the time of the token', async () => {
    const token = issued({ exp: NOW / 1000 + 60 });
    await caller(token);
    now += 61_000;
    expect(await caller(token)).toBe(401);
  });

  it('is found out again when anything has changed', async () => {
    const token = issued({});
    await caller(token);
    trusted = undefined;
    sequence++;
    expect(await caller(token)).toBe(401);
  });

  it('by the outside server is remembered for half a minute', async () => {
    introspected = { clientId: 'c', scopes: ['application:read'] };
    expect(await caller('opaque')).toMatchObject({ consumer: { id: 'c' }, scopes: ['application:read'] });
    introspected = undefined;
    now += 29_000;
    expect(await caller('opaque')).toMatchObject({ consumer: { id: 'c' } });
    now += 1_000;
    expect(await caller('opaque')).toBe(401);
  });
});
