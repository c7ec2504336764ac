/** What is wrong with a service, in the words of the old interface, all faults at once (`reference: facts/connector.md 8`). */
import { isUrl } from '../director/texts/url.ts';
import { AdapterError } from './errors.ts';
import type { Csrf, Login, ServiceInput } from './service-input.ts';

type Faults = (string | false)[];

const missing = (value: string, message: string) => value === '' && message;

/** A field that must be there and be an address. */
const address = (name: string, value: string, message: string) =>
  value === '' ? message : !isUrl(value) && `${name}: ${value} does not validate as url`;

const csrfFaults = (csrf: Csrf | undefined): Faults =>
  csrf ? [address('tokenEndpointURL', csrf.tokenEndpointURL, 'tokenEndpointURL field cannot be empty')] : [];

function loginFaults(login: Login | undefined): Faults {
  const { basic, oauth, certificateGen } = login ?? {};
  return [
    ...(oauth
      ? [
          address('url', oauth.url, 'oauth url field cannot be empty'),
          missing(oauth.clientId, 'oauth clientId field cannot be empty'),
          missing(oauth.clientSecret, 'oauth clientSecret cannot be empty'),
          ...csrfFaults(oauth.csrfInfo),
        ]
      : []),
    ...(basic
      ? [
          missing(basic.username, 'basic auth username field cannot be empty'),
          missing(basic.password, 'basic auth password field cannot be empty'),
          ...csrfFaults(basic.csrfInfo),
        ]
      : []),
    ...csrfFaults(certificateGen?.csrfInfo),
  ];
}

const apiFaults = ({ targetUrl, credentials, specificationCredentials }: NonNullable<ServiceInput['api']>): Faults => [
  address('targetUrl', targetUrl, 'targetUrl field cannot be empty.'),
  ...loginFaults(credentials),
  ...loginFaults(specificationCredentials),
];

const documentationFaults = ({ displayName, description, type }: NonNullable<ServiceInput['documentation']>): Faults => [
  missing(displayName, 'displayName field cannot be empty in documentation'),
  missing(description, 'description field cannot be empty in documentation'),
  missing(type, 'type field cannot be empty in documentation'),
];

const structureFaults = ({ provider, name, description, api, events, documentation }: ServiceInput): string[] =>
  [
    missing(provider, 'Provider field cannot be empty.'),
    missing(name, 'Name field cannot be empty.'),
    missing(description, 'Description field cannot be empty.'),
    ...(api ? apiFaults(api) : []),
    events !== undefined && events.spec === undefined && 'spec cannot be empty',
    ...(documentation ? documentationFaults(documentation) : []),
  ].filter((fault) => fault !== false);

const waysToLogIn = (login: Login | undefined) =>
  [login?.basic, login?.oauth, login?.certificateGen].filter((way) => way !== undefined).length;

const invalid = (message: string) => new AdapterError(400, `while validating input, ${message}`);

/** @throws AdapterError */
export function checkService(service: ServiceInput): void {
  const faults = structureFaults(service);
  if (faults.length > 0) throw invalid(`Incorrect structure of service definition, ${faults.join(';')}`);
  const { api, events } = service;
  if (!api && !events) throw invalid("At least one of service definition attributes: 'api', 'events' have to be provided");
  if (waysToLogIn(api?.credentials) > 1 || waysToLogIn(api?.specificationCredentials) > 1)
    throw invalid('api.CredentialsWithCSRF is invalid: too many authentication methods provided');
}
