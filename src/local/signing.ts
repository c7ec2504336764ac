/** The plane's signing keys as they are kept: made once, rotated on schedule or by hand, and followed by every process on the same Registry. */
import { isRotationDue, newSigningKey, rotated, type Rotation, type Signer, signerOf, type SigningKeys } from '../identity/signing.ts';
import type { Registry } from '../registry/contract.ts';
import { keptSecret, planeSecrets } from './secrets.ts';

const DAY = 24 * 3_600_000;
/** Milliseconds: the token of the ready file, which lives longest. */
export const ADMIN_TOKEN_LIFETIME = 365 * DAY;
export const ROTATION: Rotation = { signsFor: 30 * DAY, trustedFor: ADMIN_TOKEN_LIFETIME };
const LOOK_EVERY = 3_600_000;

const NAME = 'signing';

export interface KeptSigner extends Signer {
  /** Looks whether another key is due. */
  rotateIfDue(): Promise<void>;
  close(): void;
}

/** Another key signs from now on. `withdraw`: the former ones are trusted no more, so that all their tokens are worthless. @returns the keys that are trusted now */
export async function rotateSigningKeys(
  registry: Registry,
  {
    withdraw = false,
    onlyIf = () => true,
    now = new Date(),
  }: { withdraw?: boolean; onlyIf?: (keys: SigningKeys) => boolean; now?: Date } = {},
): Promise<SigningKeys> {
  const first = await keptSecret<SigningKeys>(registry, NAME, () => [newSigningKey(now)]);
  if (!onlyIf(first)) return first;
  return registry.write({ by: 'compass', operation: 'rotateKeys' }, async (tx) => {
    const kept = await tx.get(planeSecrets, NAME);
    const keys = kept ? (kept.value as SigningKeys) : first;
    // another process may have been quicker
    if (!onlyIf(keys)) return keys;
    const next: SigningKeys = withdraw ? [newSigningKey(now)] : rotated(keys, ROTATION, now);
    await tx.put(planeSecrets, { id: NAME, value: next });
    return next;
  });
}

export async function openSigner(
  registry: Registry,
  { clock = () => new Date(), report }: { clock?: () => Date; report?: (message: string, details?: Record<string, unknown>) => void } = {},
): Promise<KeptSigner> {
  let signer = signerOf(await keptSecret<SigningKeys>(registry, NAME, () => [newSigningKey(clock())]), clock);
  const rotateIfDue = async () => {
    const now = clock();
    signer = signerOf(await rotateSigningKeys(registry, { now, onlyIf: (keys) => isRotationDue(keys, ROTATION, now) }), clock);
  };
  await rotateIfDue();
  const failed = (error: Error) => report?.('the signing keys could not be looked at', { error: error.message });
  const unwatch = registry.watch(({ changes }) => {
    if (!changes.some(({ collection, id }) => collection === planeSecrets.name && id === NAME)) return;
    Promise.resolve(registry.latest.get(planeSecrets, NAME)).then(
      (kept) => kept && (signer = signerOf(kept.value as SigningKeys, clock)),
      failed,
    );
  });
  const timer = setInterval(() => void rotateIfDue().catch(failed), LOOK_EVERY);
  timer.unref();
  return {
    issue: (claims, lifetime) => signer.issue(claims, lifetime),
    key: (kid) => signer.key(kid),
    jwks: () => signer.jwks(),
    rotateIfDue,
    close() {
      clearInterval(timer);
      unwatch();
    },
  };
}
