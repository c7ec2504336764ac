/** A bundle read back as a service. What has no value is left out; provider and labels are not kept and always empty. */
import type { Multimap } from './service-input.ts';
import { AdapterError } from './errors.ts';

interface Auth {
  readonly credential: {
    readonly username?: string;
    readonly password?: string;
    readonly clientId?: string;
    readonly clientSecret?: string;
    readonly url?: string;
  } | null;
  readonly additionalHeaders: Multimap | null;
  readonly additionalQueryParams: Multimap | null;
  readonly requestAuth: { readonly csrf: { readonly tokenEndpointURL: string } | null } | null;
}

interface Spec {
  readonly data: string | null;
  readonly type: string;
  readonly fetchRequest?: { readonly url: string; readonly auth: Auth | null } | null;
}

export interface BundleRow {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly defaultInstanceAuth: Auth | null;
  readonly apiDefinitions: {
    readonly data: readonly {
      readonly id: string;
      readonly description: string | null;
      readonly targetURL: string;
      readonly spec: Spec | null;
    }[];
  };
  readonly eventDefinitions: {
    readonly data: readonly { readonly id: string; readonly description: string | null; readonly spec: Spec | null }[];
  };
  readonly documents: { readonly data: readonly { readonly id: string; readonly title: string; readonly data: string | null }[] };
}

const AUTH = `credential { ... on BasicCredentialData { username password } ... on OAuthCredentialData { clientId clientSecret url } } additionalHeaders additionalQueryParams requestAuth { csrf { tokenEndpointURL } }`;

export const BUNDLE_FIELDS = `id name description defaultInstanceAuth { ${AUTH} }
  apiDefinitions { data { id description targetURL spec { data type fetchRequest { url auth { ${AUTH} } } } } }
  eventDefinitions { data { id description spec { data type } } }
  documents { data { id title data } }`;

const present = (value: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null && inner !== ''));

const some = (value: object | undefined) => (value && Object.keys(value).length > 0 ? value : undefined);

function loginOf(auth: Auth | null | undefined): object | undefined {
  const { credential, requestAuth } = auth ?? {};
  const csrfInfo = requestAuth?.csrf ? { tokenEndpointURL: requestAuth.csrf.tokenEndpointURL } : undefined;
  if (credential?.username !== undefined)
    return { basic: present({ username: credential.username, password: credential.password, csrfInfo }) };
  if (credential?.clientId !== undefined && credential.clientSecret !== undefined)
    return { oauth: present({ url: credential.url, clientId: credential.clientId, clientSecret: credential.clientSecret, csrfInfo }) };
  return undefined;
}

const parametersOf = (auth: Auth | null | undefined) =>
  some(present({ headers: auth?.additionalHeaders, queryParameters: auth?.additionalQueryParams }));

/** The value that was sent; a specification that came from elsewhere may be any text. */
function valueOf(data: string | null | undefined): unknown {
  if (data === null || data === undefined) return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

function apiOf({ defaultInstanceAuth: auth, apiDefinitions }: BundleRow): object | undefined {
  const [api] = apiDefinitions.data;
  if (!api) return undefined;
  const { spec } = api;
  return present({
    targetUrl: api.targetURL,
    credentials: loginOf(auth),
    spec: valueOf(spec?.data),
    apiType: spec?.type,
    specificationUrl: spec?.fetchRequest?.url,
    specificationCredentials: loginOf(spec?.fetchRequest?.auth),
    specificationRequestParameters: parametersOf(spec?.fetchRequest?.auth),
    requestParameters: parametersOf(auth),
    headers: auth?.additionalHeaders,
    queryParameters: auth?.additionalQueryParams,
  });
}

function documentationOf({ documents }: BundleRow): object | undefined {
  if (documents.data.length === 0) return undefined;
  return {
    displayName: 'ServiceDocumentation',
    description: 'Documents for legacy Service',
    type: '',
    docs: documents.data.map(({ title, data }) => ({ title, type: '.md', source: data ?? '' })),
  };
}

/** What its parts say of themselves goes before what the bundle says. */
const descriptionOf = ({ description, apiDefinitions, eventDefinitions }: BundleRow) =>
  eventDefinitions.data[0]?.description ?? apiDefinitions.data[0]?.description ?? description ?? '';

function eventsOf({ eventDefinitions }: BundleRow): object | undefined {
  const spec = valueOf(eventDefinitions.data[0]?.spec?.data);
  return spec === undefined ? undefined : { spec };
}

/** @throws AdapterError where the bundle has more than a service can have */
function checkConvertible({ apiDefinitions, eventDefinitions }: BundleRow): void {
  if (apiDefinitions.data.length > 1) throw new AdapterError(409, 'found more API Definitions than one supported for legacy Service');
  if (eventDefinitions.data.length > 1) throw new AdapterError(409, 'found more Event Definitions than one supported for legacy Service');
}

/** What is told of a service that is not there. */
export const NO_SERVICE = { provider: '', name: '', description: '', labels: {} };

/** @throws AdapterError */
export function detailsOf(bundle: BundleRow, identifier: string): object {
  checkConvertible(bundle);
  return {
    ...NO_SERVICE,
    name: bundle.name,
    description: descriptionOf(bundle),
    ...present({
      identifier,
      api: apiOf(bundle),
      events: eventsOf(bundle),
      documentation: documentationOf(bundle),
    }),
  };
}

/** @throws AdapterError */
export function listedOf(bundle: BundleRow, identifier: string): object {
  checkConvertible(bundle);
  return { id: bundle.id, ...NO_SERVICE, name: bundle.name, description: descriptionOf(bundle), ...present({ identifier }) };
}
