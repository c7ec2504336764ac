/** The agent's side of the Connector: a first certificate for a token, a new one for an old one. */
import { createClient, type Client } from '../client/client.ts';
import {
  ConfigurationDocument,
  RevokeCertificateDocument,
  SignCertificateSigningRequestDocument,
  type ConfigurationQuery,
} from '../client/connector.generated.ts';
import type { Tls } from '../client/http.ts';
import { generateRsaKey, privateKeyPem } from '../pki/keys.ts';
import { parseAnnouncedName } from '../pki/name.ts';
import { createSigningRequest } from '../pki/signing-request.ts';
import { tlsOf, type Credentials } from './credentials.ts';
import type { PairingToken } from './token.ts';

export interface ConnectorAccess {
  readonly ca: string | undefined;
  readonly tenant: string | undefined;
  readonly keyBits: number;
  readonly signal: AbortSignal | undefined;
  readonly now: () => Date;
}

function clientFor(url: string, access: ConnectorAccess, more: { readonly tls?: Tls; readonly headers?: Record<string, string> }): Client {
  const { ca, tenant, signal } = access;
  return createClient({
    url,
    ...(ca === undefined ? {} : { tls: { ca } }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(signal === undefined ? {} : { signal }),
    ...more,
  });
}

const withToken = (url: string, token: string, access: ConnectorAccess) =>
  clientFor(url, access, { headers: { 'connector-token': token } });

/** A client of the Connector that shows the certificate. */
const withCertificate = (credentials: Credentials, access: ConnectorAccess) =>
  clientFor(credentials.connectorURL, access, { tls: tlsOf(credentials, access.ca) });

export type Configuration = ConfigurationQuery['configuration'];

async function sign(client: Client, configuration: Configuration, access: ConnectorAccess, known?: Credentials): Promise<Credentials> {
  const { certificateSigningRequestInfo: wanted, managementPlaneInfo: plane } = configuration;
  const connectorURL = plane?.certificateSecuredConnectorURL ?? known?.connectorURL;
  const directorURL = plane?.directorURL ?? known?.directorURL;
  if (!wanted || !connectorURL || !directorURL)
    throw new Error('the Connector did not tell what to ask for, or where to go with a certificate');
  const keys = await generateRsaKey(access.keyBits);
  const csr = Buffer.from(createSigningRequest(parseAnnouncedName(wanted.subject), keys)).toString('base64');
  const { certification } = await client.request(SignCertificateSigningRequestDocument, { csr });
  return {
    key: privateKeyPem(keys.privateKey),
    chain: Buffer.from(certification.certificateChain, 'base64').toString('utf8'),
    connectorURL,
    directorURL,
    acquired: access.now().toISOString(),
  };
}

/** Turns a one-time token into credentials; the token is used up, whatever comes of it. */
export async function pair({ token }: PairingToken, connectorURL: string, access: ConnectorAccess): Promise<Credentials> {
  const { configuration } = await withToken(connectorURL, token, access).request(ConfigurationDocument);
  if (!configuration.token) throw new Error('the Connector gave no token for the signing');
  return sign(withToken(connectorURL, configuration.token.token, access), configuration, access);
}

/** Proves that the certificate still opens the Connector, and learns where everything is. */
export async function readConfiguration(credentials: Credentials, access: ConnectorAccess): Promise<Configuration> {
  return (await withCertificate(credentials, access).request(ConfigurationDocument)).configuration;
}

/** New key, new certificate; the old one stays valid. */
export const renew = (credentials: Credentials, configuration: Configuration, access: ConnectorAccess) =>
  sign(withCertificate(credentials, access), configuration, access, credentials);

/** Gives the certificate back. */
export const revoke = async (credentials: Credentials, access: ConnectorAccess): Promise<void> =>
  void (await withCertificate(credentials, access).request(RevokeCertificateDocument));
