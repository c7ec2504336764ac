/** Keys, made off the main thread by node's own cryptography. */
import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** Takes time: about 0.1 s for 2048 bits and seconds for 4096. */
export const generateRsaKey = (bits: number): Promise<KeyPair> => generate('rsa', { modulusLength: bits });

/** P-256; made in less than a millisecond. */
export const generateEcKey = (): Promise<KeyPair> => generate('ec', { namedCurve: 'P-256' });

/** PKCS #8 in PEM. */
export const privateKeyPem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string;

/** SubjectPublicKeyInfo in DER. */
export const publicKeyDer = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });

/** Undefined for keys that are not RSA. */
export const rsaBits = (key: KeyObject) => (key.asymmetricKeyType === 'rsa' ? key.asymmetricKeyDetails?.modulusLength : undefined);
