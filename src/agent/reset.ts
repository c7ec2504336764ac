/** The end of an agent's folder: its certificate is given back, and everything that it kept is gone. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { revoke } from './connector.ts';
import { loadCredentials, removeCredentials } from './credentials.ts';
import { clearLandscape } from './landscape.ts';

export interface ResetOptions {
  readonly dir: string;
  /** PEM: authorities that the plane's servers are trusted by, beside the system's. */
  readonly ca?: string;
}

export interface Reset {
  /** Why the certificate could not be given back; it may still open what it opened. */
  readonly notGivenBack?: string;
}

/** The next start needs a new one-time token. The folder itself stays. */
export async function resetAgent({ dir, ca }: ResetOptions): Promise<Reset> {
  const notGivenBack = await giveBack(dir, ca).catch((error: Error) => error.message);
  await removeCredentials(dir);
  await clearLandscape(dir);
  for (const file of ['status.json', 'wishes.json']) await rm(join(dir, file), { force: true });
  return notGivenBack === undefined ? {} : { notGivenBack };
}

async function giveBack(dir: string, ca: string | undefined): Promise<undefined> {
  const credentials = await loadCredentials(dir);
  if (credentials) await revoke(credentials, { ca, tenant: undefined, keyBits: 0, signal: undefined, now: () => new Date() });
  return undefined;
}
