/** Pairing as applications of the old interface know it (`reference: facts/connector.md 7`). */
import type { ConnectorCall } from '../connector/call.ts';
import { ConnectorError } from '../connector/errors.ts';
import { configuration, revokeCertificate, signCertificateSigningRequest, type Configuration } from '../connector/rules.ts';
import { jsonFault, jsonKind } from '../director/texts/json-fault.ts';
import { addressName, applicationById, type LegacyApplication } from './application.ts';
import type { DirectorDesk } from './director.ts';
import { AdapterError } from './errors.ts';
import { memberOf } from './lenient-json.ts';

/** Base addresses of this interface: for tokens, and for certificates. */
export interface AdapterAddresses {
  readonly gateway: string;
  readonly mtls: string;
}

/** An application that was let in. */
export interface PairingCall {
  readonly connector: ConnectorCall;
  readonly director: DirectorDesk;
  /** Id of the object that the caller's credential belongs to. */
  readonly objectId: string;
  readonly addresses: AdapterAddresses;
}

const BASE = '/v1/applications';

async function fromConnector<T>(context: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ConnectorError ? new AdapterError(400, `${context}: graphql: ${error.message}`) : error;
  }
}

const readConfiguration = ({ connector }: PairingCall) =>
  fromConnector('Failed to get configuration from Connector', () => configuration(connector));

const certificateInfo = ({ certificateSigningRequestInfo: { subject, keyAlgorithm } }: Configuration) => ({
  subject,
  extensions: '',
  'key-algorithm': keyAlgorithm,
});

const commonAddresses = ({ mtls }: AdapterAddresses, application: LegacyApplication) => ({
  eventsInfoUrl: `${application.eventsURL}/subscribed`,
  eventsUrl: application.eventsURL,
  metadataUrl: `${mtls}/${addressName(application)}/v1/metadata/services`,
});

/** What to ask for, where, and what there is afterwards. @throws AdapterError */
export async function signingRequestInfo(call: PairingCall): Promise<object> {
  const { gateway, mtls } = call.addresses;
  const application = await applicationById(call.director, call.objectId);
  const answer = await readConfiguration(call);
  return {
    csrUrl: `${gateway}${BASE}/certificates?token=${answer.token.token}`,
    api: {
      ...commonAddresses(call.addresses, application),
      infoUrl: `${mtls}${BASE}/management/info`,
      certificatesUrl: `${gateway}${BASE}/certificates`,
    },
    certificate: certificateInfo(answer),
  };
}

/** The caller's identity, and its addresses. @throws AdapterError */
export async function managementInfo(call: PairingCall): Promise<object> {
  const { mtls } = call.addresses;
  const application = await applicationById(call.director, call.objectId);
  const answer = await readConfiguration(call);
  return {
    clientIdentity: { application: addressName(application) },
    urls: {
      ...commonAddresses(call.addresses, application),
      renewCertUrl: `${mtls}${BASE}/certificates/renewals`,
      revokeCertUrl: `${mtls}${BASE}/certificates/revocations`,
    },
    certificate: certificateInfo(answer),
  };
}

/** @throws AdapterError where the body is no JSON object with a text */
function requestIn(body: string): string {
  const unreadable = (detail: string) =>
    new AdapterError(400, `Failed to read certificate request: error while unmarshalling request body: %s: ${detail}`);
  const fault = jsonFault(body);
  if (fault !== undefined) throw unreadable(fault);
  const content = (JSON.parse(body) ?? {}) as Readonly<Record<string, unknown>>;
  if (jsonKind(content) !== 'object') throw unreadable(`the body is a JSON ${jsonKind(content)}, and should be an object`);
  const csr = memberOf(content, 'csr') ?? '';
  if (typeof csr !== 'string') throw unreadable(`csr is a JSON ${jsonKind(csr)}, and should be a text`);
  return csr.replaceAll(/\s/g, '');
}

/** First or further certificate. @throws AdapterError */
export async function signCertificate(call: PairingCall, body: string): Promise<object> {
  const csr = requestIn(body);
  const { certificateChain, clientCertificate, caCertificate } = await fromConnector('Failed to sign CSR', () =>
    signCertificateSigningRequest(call.connector, csr),
  );
  return { crt: certificateChain, clientCrt: clientCertificate, caCrt: caCertificate };
}

/** Gives the certificate of this connection back. @throws AdapterError */
export const revoke = ({ connector }: PairingCall) => fromConnector('Failed to revoke certificate', () => revokeCertificate(connector));
