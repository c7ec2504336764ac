/** Tokens as the Gateway and the Connector use them: found by value, used up by the first request, replaced by the next. */
import type { ReadTx, WriteTx } from '../../registry/contract.ts';
import { systemAuths, tokenDigest, type SystemAuthRecord } from '../system-auth/records.ts';
import { hasExpired, makeToken, type TokenSettings } from './token.ts';

/** The auth whose token that is, where it is unused and has not run out. */
export async function findByUsableToken(
  tx: ReadTx,
  token: string,
  settings: TokenSettings,
  now: string,
): Promise<SystemAuthRecord | undefined> {
  const found = (await tx.find(systemAuths, 'token', tokenDigest(token))).find(({ auth }) => auth?.oneTimeToken?.token === token);
  const kept = found?.auth?.oneTimeToken;
  return kept && !kept.used && !hasExpired(kept, settings, now) ? found : undefined;
}

/** Uses the token up; undefined where it was not usable, or somebody else was quicker. */
export async function useToken(tx: WriteTx, token: string, settings: TokenSettings, now: string): Promise<SystemAuthRecord | undefined> {
  const found = await findByUsableToken(tx, token, settings, now);
  if (!found?.auth?.oneTimeToken) return undefined;
  const used: SystemAuthRecord = {
    ...found,
    auth: { ...found.auth, oneTimeToken: { ...found.auth.oneTimeToken, used: true, usedAt: now } },
  };
  await tx.put(systemAuths, used);
  return used;
}

/** Puts a new token into an auth of an application or runtime, in place of the one it has; all else in it stays. */
export async function replaceToken(tx: WriteTx, authId: string, settings: TokenSettings, now: string): Promise<string | undefined> {
  const found = await tx.get(systemAuths, authId);
  if (!found || found.owner.kind === 'integrationSystem') return undefined;
  const oneTimeToken = makeToken(found.owner.kind === 'application' ? 'Application' : 'Runtime', settings, now);
  await tx.put(systemAuths, { ...found, auth: { ...found.auth, oneTimeToken } });
  return oneTimeToken.token;
}
