import { describe, expect, it } from 'vitest';
import { makeToken } from '../../../src/director/one-time-token/token.ts';
import { findByUsableToken, replaceToken, useToken } from '../../../src/director/one-time-token/use.ts';
import { systemAuths } from '../../../src/director/system-auth/records.ts';
import { directorCalls } from '../../support/director-calls.ts';

const SETTINGS = { connectorURL: 'http://c', tokenLifetime: { application: 300_000, runtime: 3_600_000 } };
const NOW = '2030-01-01T00:00:00.000Z';
const later = (milliseconds: number) => new Date(Date.parse(NOW) + milliseconds).toISOString();

async function given(type: 'Application' | 'Runtime') {
  const calls = directorCalls();
  const oneTimeToken = makeToken(type, SETTINGS, NOW);
  const kind = type === 'Application' ? 'application' : 'runtime';
  await calls.write(async ({ tx }) =>
    tx.put(systemAuths, { id: 'auth', owner: { kind, id: 'o' }, tenantId: 't', createdAt: NOW, auth: { oneTimeToken } }),
  );
  return { ...calls, token: oneTimeToken.token };
}

describe('a one-time token', () => {
  it('opens one request, also where several come at once', async () => {
    const { registry, token } = await given('Application');
    const use = () => registry.write({ by: 'test', operation: 'test' }, (tx) => useToken(tx, token, SETTINGS, NOW));
    const opened = (await Promise.all([use(), use(), use()])).filter((auth) => auth !== undefined);
    expect(opened).toHaveLength(1);
    expect(await use()).toBeUndefined();
  });

  it.each([
    ['Application', 300_000],
    ['Runtime', 3_600_000],
  ] as const)('of kind %s holds %i milliseconds', async (type, lifetime) => {
    const { registry, token } = await given(type);
    const at = (milliseconds: number) => findByUsableToken(registry.latest, token, SETTINGS, later(milliseconds));
    expect(await at(lifetime)).toBeDefined();
    expect(await at(lifetime + 1)).toBeUndefined();
  });

  it('is found by every character of it', async () => {
    const { registry, token } = await given('Application');
    for (const other of [token.slice(0, -1), `${token} `, token.toLowerCase(), token.replace('==', ''), ''])
      expect(await findByUsableToken(registry.latest, other, SETTINGS, NOW)).toBeUndefined();
    expect(token).toMatch(/^[A-Za-z0-9_-]{86}==$/);
  });

  it('is worthless once another has taken its place', async () => {
    const { registry, token, write } = await given('Runtime');
    const next = await write(async ({ tx }) => replaceToken(tx, 'auth', SETTINGS, NOW));
    expect(await findByUsableToken(registry.latest, token, SETTINGS, NOW)).toBeUndefined();
    expect(await findByUsableToken(registry.latest, next!, SETTINGS, NOW)).toMatchObject({
      id: 'auth',
      auth: { oneTimeToken: { type: 'Runtime' } },
    });
    expect(await write(async ({ tx }) => replaceToken(tx, 'nowhere', SETTINGS, NOW))).toBeUndefined();
  });
});
