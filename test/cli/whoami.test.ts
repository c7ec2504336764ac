import { expect, test } from 'vitest';
import { claimsOf } from '../../src/cli/connection/token-claims.ts';

const token = (claims: unknown) => `x.${Buffer.from(typeof claims === 'string' ? claims : JSON.stringify(claims)).toString('base64url')}.x`;

test('a token tells its scopes and its end', () =>
  expect(claimsOf(token({ scopes: 'a:read b:write', exp: 1_800_000_000 }))).toEqual({
    scopes: ['a:read', 'b:write'],
    expires: '2027-01-15T08:00:00.000Z',
  }));

test.each([undefined, 'opaque', 'a.b.c', token('null'), token('[]'), token('{'), token({ scopes: 1, exp: 'x' })])(
  'nothing is known of %j',
  (odd) => expect(claimsOf(odd)).toEqual({ scopes: null, expires: null }),
);
