/** Applications as manifests of Kyma, as the reference's agent writes them into a cluster (`reference: facts/runtime-agent.md 7`). */
import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { AgentBundleFragment } from '../client/director.generated.ts';
import type { FetchedApplication } from './director.ts';

const NAMESPACE = 'kyma-system';
const GATEWAY = 'http://central-application-gateway.kyma-system.svc.cluster.local:8082';
const NO_DESCRIPTION = 'Description not provided';
const LONGEST_NAME = 63;
/** Of a normalised name, so that what is put behind it has room. */
const LONGEST_PART = 57;

/** Small letters and digits, everything else a dash. */
export const normalised = (name: string) =>
  name
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()
    .replace(/-$/, '')
    .slice(0, LONGEST_PART)
    .replace(/^-/, '');

/** Of the application's name as much as there is room for. */
const secretName = (prefix: string, application: string, bundleId: string) =>
  `${prefix}${application.slice(0, Math.max(0, LONGEST_NAME - prefix.length - 1 - bundleId.length))}-${bundleId}`;

type Auth = NonNullable<AgentBundleFragment['defaultInstanceAuth']>;

/** What a bundle needs to be called, and the secrets that hold it. */
function accessOf(application: string, { id, defaultInstanceAuth: auth }: AgentBundleFragment) {
  const login = auth && loginOf(auth);
  const parameters = auth && parametersOf(auth);
  const names = { credentials: secretName('', application, id), parameters: secretName('params-', application, id) };
  const csrf = auth?.requestAuth?.csrf?.tokenEndpointURL;
  const secret = (name: string, stringData: object) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: NAMESPACE, labels: { app: application, bundleId: id } },
    type: 'Opaque',
    stringData,
  });
  return {
    entry: {
      ...(login && {
        credentials: {
          type: login.type,
          secretName: names.credentials,
          ...(login.url !== undefined && { authenticationUrl: login.url }),
          ...(csrf && { csrfInfo: { tokenEndpointURL: csrf } }),
        },
      }),
      ...(parameters && { requestParametersSecretName: names.parameters }),
    },
    secrets: [...(login ? [secret(names.credentials, login.data)] : []), ...(parameters ? [secret(names.parameters, parameters)] : [])],
  };
}

function loginOf({ credential }: Auth) {
  if (credential?.__typename === 'OAuthCredentialData') {
    const { clientId, clientSecret, url } = credential;
    return { type: 'OAuth', url, data: { clientId, clientSecret } };
  }
  if (credential?.__typename !== 'BasicCredentialData') return undefined;
  const { username, password } = credential;
  return { type: 'Basic', url: undefined, data: { username, password } };
}

function parametersOf({ additionalHeaders, additionalQueryParams }: Auth) {
  if (!additionalHeaders && !additionalQueryParams) return undefined;
  return {
    ...(additionalHeaders && { headers: JSON.stringify(additionalHeaders) }),
    ...(additionalQueryParams && { queryParameters: JSON.stringify(additionalQueryParams) }),
  };
}

function serviceOf(application: string, bundle: AgentBundleFragment) {
  const { id, name, description, instanceAuthRequestInputSchema, apiDefinitions, eventDefinitions } = bundle;
  const { entry, secrets } = accessOf(application, bundle);
  const service = {
    id,
    name: `${normalised(name)}-${createHash('sha1').update(id).digest('hex').slice(0, 5)}`,
    displayName: name,
    description: description || NO_DESCRIPTION,
    identifier: '',
    ...(instanceAuthRequestInputSchema ? { authCreateParameterSchema: instanceAuthRequestInputSchema } : {}),
    entries: [
      ...(apiDefinitions?.data ?? []).map((api) => ({
        id: api.id,
        name: api.name,
        type: 'API',
        targetUrl: api.targetURL,
        centralGatewayUrl: `${GATEWAY}/${application}/${normalised(name)}/${normalised(api.name)}`,
        ...entry,
      })),
      ...(eventDefinitions?.data ?? []).map((event) => ({ id: event.id, name: event.name, type: 'Events' })),
    ],
  };
  return { service, secrets };
}

const written = (documents: readonly object[]) => documents.map((one) => `---\n${stringify(one, { lineWidth: 0 })}`).join('');

/** The application's manifest, and one with its secrets where it has any. */
export function manifestsOf({ id, name, description, auths, bundles }: FetchedApplication): {
  readonly shown: string;
  readonly secrets?: string;
} {
  const parts = bundles.map((bundle) => serviceOf(name, bundle));
  const secrets = parts.flatMap((part) => part.secrets);
  const application = {
    apiVersion: 'applicationconnector.kyma-project.io/v1alpha1',
    kind: 'Application',
    metadata: { name, labels: { 'applicationconnector.kyma-project.io/managed-by': 'compass-runtime-agent' } },
    spec: {
      description: description || NO_DESCRIPTION,
      skipVerify: false,
      labels: { 'connected-app': name },
      compassMetadata: { applicationId: id, authentication: { clientIds: (auths ?? []).map((auth) => auth.id) } },
      services: parts.map(({ service }) => service),
    },
  };
  return { shown: written([application]), ...(secrets.length > 0 && { secrets: written(secrets) }) };
}
