/** Who the agent is: its key and certificate, and where they open what. One file, so that key and certificate never come apart. */
import { X509Certificate } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tls } from '../client/http.ts';
import { asJson, PRIVATE, readIfThere, writeWhole } from './files.ts';

export interface Credentials {
  /** PKCS #8, PEM. */
  readonly key: string;
  /** Client certificate and its authority, PEM. */
  readonly chain: string;
  /** GraphQL addresses that take the certificate. */
  readonly connectorURL: string;
  readonly directorURL: string;
  /** When this agent got it. */
  readonly acquired: string;
}

const fileOf = (dir: string) => join(dir, 'credentials.json');

/** @throws Error that names the file where it can't be read as credentials */
export async function loadCredentials(dir: string): Promise<Credentials | undefined> {
  const text = await readIfThere(fileOf(dir));
  if (text === undefined) return undefined;
  try {
    const credentials = JSON.parse(text) as Credentials;
    void new X509Certificate(credentials.chain);
    return credentials;
  } catch (error) {
    throw new Error(`${fileOf(dir)} is damaged (${(error as Error).message}); remove it and start the agent with a new one-time token`);
  }
}

/** Written whole or not at all, readable by the owner alone. */
export const saveCredentials = (dir: string, credentials: Credentials) => writeWhole(fileOf(dir), asJson(credentials), PRIVATE);

export const tlsOf = ({ key, chain }: Credentials, ca: string | undefined): Tls => ({
  key,
  cert: chain,
  ...(ca === undefined ? {} : { ca }),
});

/** First and last moment of the client certificate. */
export function validityOf({ chain }: Credentials): { readonly notBefore: Date; readonly notAfter: Date } {
  const certificate = new X509Certificate(chain);
  return { notBefore: new Date(certificate.validFrom), notAfter: new Date(certificate.validTo) };
}

/** Milliseconds within which a certificate is not replaced again, whatever this machine's clock says. */
const NEW = 3_600_000;
/** A difference of clocks in milliseconds that is worth telling. */
const NOTEWORTHY = 120_000;

/**
 * Whether it is time for a new certificate: little of its life is left, or less than two rounds.
 * One that came just now is not replaced: with a clock that is far ahead every round would get another.
 */
export function isRenewalDue(credentials: Credentials, now: Date, threshold: number, interval: number): boolean {
  const { notBefore, notAfter } = validityOf(credentials);
  const life = notAfter.getTime() - notBefore.getTime();
  const age = Math.abs(now.getTime() - Date.parse(credentials.acquired));
  if (age < Math.min(NEW, (life * (1 - threshold)) / 2)) return false;
  const left = notAfter.getTime() - now.getTime();
  return left < life * threshold || left < 2 * interval;
}

/** A certificate begins when it is made, by the plane's clock: how far this machine's is from that. */
export function clockProblems(credentials: Credentials): string[] {
  const ahead = Date.parse(credentials.acquired) - validityOf(credentials).notBefore.getTime();
  if (Math.abs(ahead) < NOTEWORTHY) return [];
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  return [
    `this machine's clock is about ${minutes} minutes ${ahead > 0 ? 'ahead of' : 'behind'} the plane's, or was when the certificate came`,
  ];
}

/** Forgets who the agent is. */
export const removeCredentials = (dir: string) => rm(fileOf(dir), { force: true });
