/** Pairs an application from its own side: a token becomes a key and a certificate, as files that any HTTP client takes. */
import { X509Certificate } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pair } from './connector.ts';
import { PairingError } from './errors.ts';
import { isDenial } from './explain.ts';
import { asJson, PRIVATE, writeWhole } from './files.ts';
import { readToken } from './token.ts';

export interface ConnectOptions {
  readonly dir: string;
  /** One-time token of the application, plain or in its encoded form that names the Connector too. */
  readonly token: string;
  /** GraphQL address of the Connector that takes the token; not needed where the token names it. */
  readonly connectorURL?: string;
  /** PEM: authorities that the plane's servers are trusted by, beside the system's. */
  readonly ca?: string;
  /** Size of the RSA key. */
  readonly keyBits?: number;
  /** Whether a key and certificate that lie there may be replaced. */
  readonly replace?: boolean;
}

export interface Connected {
  /** Id of the system auth that the certificate stands for. */
  readonly authId: string;
  readonly subject: string;
  readonly notAfter: string;
  readonly directorURL: string;
  readonly connectorURL: string;
  readonly files: { readonly key: string; readonly certificate: string; readonly connection: string };
}

/** There are credentials in the folder already. */
class AlreadyConnected extends Error {
  override readonly name = 'AlreadyConnected';
}

const KEY_BITS = 2048;

/** The token is used up, whatever comes of it. @throws AlreadyConnected before that, PairingError, and the client's errors */
export async function connectApplication(options: ConnectOptions): Promise<Connected> {
  const { dir, ca, keyBits = KEY_BITS } = options;
  const files = { key: join(dir, 'key.pem'), certificate: join(dir, 'certificate.pem'), connection: join(dir, 'connection.json') };
  if (!options.replace && (await isThere(files.key))) throw new AlreadyConnected(`there is a key in ${dir} already`);
  const token = readToken(options.token);
  const address = options.connectorURL ?? token.connectorURL;
  if (!address)
    throw new PairingError("the token does not name the Connector: give the Connector's address, or the token in its encoded form");
  const { key, chain, connectorURL, directorURL } = await pair(token, address, {
    ca,
    tenant: undefined,
    keyBits,
    signal: undefined,
    now: () => new Date(),
  }).catch((error: Error) => {
    throw isDenial(error)
      ? new PairingError(`${address} does not take this token: it was used before, has run out, or was never given out`)
      : error;
  });
  const certificate = new X509Certificate(chain);
  const subject = certificate.subject.split('\n').reverse().join(',');
  const connected = {
    authId: /CN=([^,]*)/.exec(subject)?.[1] ?? '',
    subject,
    notAfter: new Date(certificate.validTo).toISOString(),
    directorURL,
    connectorURL,
  };
  await writeWhole(files.key, key, PRIVATE);
  await writeWhole(files.certificate, chain, PRIVATE);
  await writeWhole(files.connection, asJson(connected), PRIVATE);
  return { ...connected, files };
}

const isThere = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );
