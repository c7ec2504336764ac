/** Signing keys over the years: who signs, who is trusted, and what other processes on the Registry know of it. */
import { describe, expect, it } from 'vitest';
import { verifyToken } from '../../../src/identity/tokens.ts';
import { planeSecrets } from '../../../src/local/secrets.ts';
import { openSigner, ROTATION, rotateSigningKeys } from '../../../src/local/signing.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';

const DAY = 24 * 3_600_000;

function years() {
  let now = Date.UTC(2026, 0, 1);
  return { clock: () => new Date(now), pass: (milliseconds: number) => void (now += milliseconds) };
}

const holds = async (signer: Awaited<ReturnType<typeof openSigner>>, token: string, clock: () => Date) =>
  verifyToken(token, (kid) => signer.key(kid), clock().getTime()).then(
    () => true,
    () => false,
  );

describe('signing keys', () => {
  it('are the same for everybody on one registry, and after a start', async () => {
    const registry = openMemoryRegistry({ collections: [planeSecrets] as never });
    const [first, second] = [await openSigner(registry), await openSigner(registry)];
    expect(second.jwks()).toEqual(first.jwks());
  });

  it('are rotated when they are due; tokens of the former one hold until they run out', async () => {
    const { clock, pass } = years();
    const registry = openMemoryRegistry({ collections: [planeSecrets] as never });
    const signer = await openSigner(registry, { clock });
    const other = await openSigner(registry, { clock });
    const token = signer.issue({ sub: 'x' }, 60 * DAY);
    pass(ROTATION.signsFor - 1);
    await signer.rotateIfDue();
    expect(signer.jwks().keys).toHaveLength(1);
    pass(1);
    await signer.rotateIfDue();
    await new Promise(setImmediate);
    expect(signer.jwks().keys).toHaveLength(2);
    expect(other.jwks()).toEqual(signer.jwks());
    expect(await holds(other, token, clock)).toBe(true);
    expect(JSON.parse(Buffer.from(signer.issue({}, DAY).split('.')[0]!, 'base64url').toString())).toMatchObject({
      kid: signer.jwks().keys[0]!.kid,
    });
    pass(31 * DAY);
    expect(await holds(other, token, clock)).toBe(false);
  });

  it('are forgotten when none of their tokens can be in time any more', async () => {
    const { clock, pass } = years();
    const registry = openMemoryRegistry({ collections: [planeSecrets] as never });
    const signer = await openSigner(registry, { clock });
    const [oldest] = signer.jwks().keys;
    for (let month = 0; month < 14; month++) {
      pass(ROTATION.signsFor);
      await signer.rotateIfDue();
    }
    expect(signer.jwks().keys).not.toContainEqual(oldest);
    expect(signer.jwks().keys.length).toBeLessThanOrEqual(14);
  });

  it('withdrawn by hand are trusted no more', async () => {
    const registry = openMemoryRegistry({ collections: [planeSecrets] as never });
    const signer = await openSigner(registry);
    const token = signer.issue({}, DAY);
    await rotateSigningKeys(registry, { withdraw: true });
    await new Promise(setImmediate);
    expect(signer.jwks().keys).toHaveLength(1);
    expect(await holds(signer, token, () => new Date())).toBe(false);
  });

  it('show nothing of their private halves', async () => {
    const signer = await openSigner(openMemoryRegistry({ collections: [planeSecrets] as never }));
    expect(Object.keys(signer.jwks().keys[0]!).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });
});
