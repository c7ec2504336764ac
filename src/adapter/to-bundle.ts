/** A service becomes a bundle of the Director, with at most one API and one event definition (`reference: facts/connector.md 8`). */
import type {
  ApiSpecInput,
  AuthInput,
  BundleCreateInput,
  DocumentInput,
  EventDefinitionInput,
  ApiDefinitionInput,
  FetchRequestInput,
} from '../director/schema/types.generated.ts';
import { isObject } from '../text/json.ts';
import type { Login, Multimap, ServiceInput } from './service-input.ts';

type Api = NonNullable<ServiceInput['api']>;

const isOData = ({ apiType }: Api) => apiType.toLowerCase() === 'odata';

/** In how many characters a text must close its first tag to be taken for XML. */
const TAG_WITHIN = 512;

/** A text that begins with a tag is XML, an object JSON, and all else YAML, JSON inside of a text as well. */
function formatOf(spec: string): 'XML' | 'JSON' | 'YAML' {
  const value = JSON.parse(spec) as unknown;
  if (typeof value === 'string') return value.startsWith('<') && value.slice(0, TAG_WITHIN).includes('>') ? 'XML' : 'YAML';
  return isObject(value) ? 'JSON' : 'YAML';
}

function credentialOf({ basic, oauth }: Login): AuthInput['credential'] {
  if (basic) return { basic: { username: basic.username, password: basic.password } };
  return oauth ? { oauth: { clientId: oauth.clientId, clientSecret: oauth.clientSecret, url: oauth.url } } : undefined;
}

function authOf(
  login: Login | undefined,
  { headers, queryParameters }: { readonly headers?: Multimap | undefined; readonly queryParameters?: Multimap | undefined },
): AuthInput {
  const csrf = login?.basic?.csrfInfo ?? login?.oauth?.csrfInfo;
  const credential = login && credentialOf(login);
  return {
    ...(credential ? { credential } : {}),
    ...(headers ? { additionalHeadersSerialized: JSON.stringify(headers) } : {}),
    ...(queryParameters ? { additionalQueryParamsSerialized: JSON.stringify(queryParameters) } : {}),
    ...(csrf ? { requestAuth: { csrf: { tokenEndpointURL: csrf.tokenEndpointURL } } } : {}),
  };
}

/** Always there: the login of a bundle is replaced by nothing where the service has none. */
const instanceAuthOf = ({ api }: ServiceInput): AuthInput =>
  authOf(api?.credentials, {
    headers: api?.requestParameters?.headers ?? api?.headers,
    queryParameters: api?.requestParameters?.queryParameters ?? api?.queryParameters,
  });

function fetchRequestOf(api: Api): FetchRequestInput | undefined {
  const { targetUrl, specificationUrl, specificationCredentials, specificationRequestParameters } = api;
  const needsLogin = specificationCredentials !== undefined || specificationRequestParameters !== undefined;
  if (specificationUrl === '' && !needsLogin && !isOData(api)) return undefined;
  const url = specificationUrl || (isOData(api) ? `${targetUrl.replace(/\/$/, '')}/$metadata` : '');
  return { url, ...(needsLogin ? { auth: authOf(specificationCredentials, specificationRequestParameters ?? {}) } : {}) };
}

function apiSpecOf(api: Api): ApiSpecInput | undefined {
  const type = isOData(api) ? 'ODATA' : 'OPEN_API';
  if (api.spec !== undefined) return { type, format: formatOf(api.spec), data: api.spec } as ApiSpecInput;
  const fetchRequest = fetchRequestOf(api);
  if (!fetchRequest && api.apiType === '') return undefined;
  return { type, format: isOData(api) ? 'XML' : 'JSON', ...(fetchRequest ? { fetchRequest } : {}) } as ApiSpecInput;
}

export function apiOf({ name, description, api }: ServiceInput): ApiDefinitionInput | undefined {
  if (!api) return undefined;
  const spec = apiSpecOf(api);
  return { name, description, targetURL: api.targetUrl, ...(spec ? { spec } : {}) };
}

export const eventsOf = ({ name, description, events }: ServiceInput): EventDefinitionInput | undefined =>
  events?.spec === undefined
    ? undefined
    : ({ name, description, spec: { type: 'ASYNC_API', format: formatOf(events.spec), data: events.spec } } as EventDefinitionInput);

export const documentsOf = ({ documentation }: ServiceInput): DocumentInput[] =>
  (documentation?.docs ?? []).map(
    ({ title, source }) => ({ title, displayName: title, description: ' ', format: 'MARKDOWN', data: source }) as DocumentInput,
  );

/** Parts of a bundle that are changed in place. */
export const headOf = (service: ServiceInput): Pick<BundleCreateInput, 'name' | 'description' | 'defaultInstanceAuth'> => ({
  name: service.name,
  description: service.description,
  defaultInstanceAuth: instanceAuthOf(service),
});

export function bundleOf(service: ServiceInput): BundleCreateInput {
  const api = apiOf(service);
  const events = eventsOf(service);
  return {
    ...headOf(service),
    apiDefinitions: api ? [api] : [],
    eventDefinitions: events ? [events] : [],
    documents: documentsOf(service),
  };
}
