/** Why the plane does not let an agent in, in words that say what to do. */
import { CertificateError, HttpError } from '../client/errors.ts';
import { type Credentials, validityOf } from './credentials.ts';

/** Codes by which TLS tells that one of two clocks is wrong, or a certificate too old. */
const TIME = /CERT_NOT_YET_VALID|CERT_HAS_EXPIRED/;
const NEW_TOKEN = 'a new one-time token is needed: `compass agent reset`, then run it with one';

/** Whether the Connector has refused what it was shown; it does not say why. */
export const isDenial = (error: Error) => error instanceof HttpError && error.status === 400;

/** An error of a round, with its probable cause where that can be told. */
export function explained(error: Error, credentials: Credentials | undefined, now: Date): Error {
  const because = reasonOf(error, credentials, now);
  return because === undefined ? error : Object.assign(new Error(`${error.message}: ${because}`, { cause: error }), { name: error.name });
}

function reasonOf(error: Error, credentials: Credentials | undefined, now: Date): string | undefined {
  if (error instanceof CertificateError && error.refused === 'server')
    return TIME.test(error.message) ? `is this machine's clock right? It says ${now.toISOString()}` : undefined;
  if (!credentials) return undefined;
  const { notBefore, notAfter } = validityOf(credentials);
  if (isDenial(error)) return `the certificate was given back, or its runtime has no use for it any more; ${NEW_TOKEN}`;
  // a server that lets nobody in may just cut the connection
  if (now > notAfter) return `the certificate has run out on ${notAfter.toISOString()}; ${NEW_TOKEN}`;
  if (now < notBefore)
    return `the certificate holds from ${notBefore.toISOString()} on, and this machine's clock says ${now.toISOString()}: is it right?`;
  return undefined;
}
