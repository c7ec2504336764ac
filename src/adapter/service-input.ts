/** Services as applications of the old interface describe them: read from JSON, and judged (`reference: facts/connector.md 8`). */
import { jsonKind } from '../director/texts/json-fault.ts';
import { AdapterError } from './errors.ts';
import { firstValue, memberOf, sameName } from './lenient-json.ts';
import { rawValue } from './raw-json.ts';

export type Multimap = Readonly<Record<string, readonly string[]>>;

export interface Parameters {
  readonly headers?: Multimap;
  readonly queryParameters?: Multimap;
}

export interface Csrf {
  readonly tokenEndpointURL: string;
}

export interface Login {
  readonly basic?: { readonly username: string; readonly password: string; readonly csrfInfo?: Csrf };
  readonly oauth?: { readonly url: string; readonly clientId: string; readonly clientSecret: string; readonly csrfInfo?: Csrf };
  /** Taken, and not kept. */
  readonly certificateGen?: { readonly csrfInfo?: Csrf };
}

export interface ServiceInput {
  readonly provider: string;
  readonly name: string;
  readonly description: string;
  readonly identifier: string;
  readonly api?: {
    readonly targetUrl: string;
    readonly apiType: string;
    /** The JSON text as it was sent. */
    readonly spec?: string;
    readonly specificationUrl: string;
    readonly credentials?: Login;
    readonly requestParameters?: Parameters;
    /** Old style. */
    readonly headers?: Multimap;
    readonly queryParameters?: Multimap;
    readonly specificationCredentials?: Login;
    readonly specificationRequestParameters?: Parameters;
  };
  readonly events?: { readonly spec?: string };
  readonly documentation?: {
    readonly displayName: string;
    readonly description: string;
    readonly type: string;
    readonly docs: readonly { readonly title: string; readonly type: string; readonly source: string }[];
  };
}

type Json = Readonly<Record<string, unknown>>;

const wrongKind = (value: unknown, field: string, wanted: string) =>
  new AdapterError(400, `while unmarshalling service: ${field} is a JSON ${jsonKind(value)}, and should be ${wanted}`);

function text(of: Json, name: string, path: string): string {
  const value = memberOf(of, name) ?? '';
  if (typeof value !== 'string') throw wrongKind(value, `${path}${name}`, 'a text');
  return value;
}

function asObject(value: unknown, field: string): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (jsonKind(value) !== 'object') throw wrongKind(value, field, 'an object');
  return value as Json;
}

const object = (of: Json, name: string, path: string) => asObject(memberOf(of, name), `${path}${name}`);

const isTextList = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === 'string');

function multimap(of: Json, name: string, path: string): Multimap | undefined {
  const value = object(of, name, path);
  if (value && !Object.values(value).every((item) => item === null || isTextList(item)))
    throw wrongKind(value, `${path}${name}`, 'an object of lists of texts');
  return value && (Object.fromEntries(Object.entries(value).map(([key, item]) => [key, item ?? []])) as Multimap);
}

/** Of what is taken and not kept the kind is looked at all the same. */
function checkTextMap(of: Json, name: string, path: string): void {
  const value = object(of, name, path);
  if (value && !Object.values(value).every((item) => item === null || typeof item === 'string'))
    throw wrongKind(value, `${path}${name}`, 'an object of texts');
}

function parameters(of: Json, name: string, path: string): Parameters | undefined {
  const value = object(of, name, path);
  return (
    value &&
    defined({
      headers: multimap(value, 'headers', `${path}${name}.`),
      queryParameters: multimap(value, 'queryParameters', `${path}${name}.`),
    })
  );
}

const defined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

function csrf(of: Json, path: string): Csrf | undefined {
  const value = object(of, 'csrfInfo', path);
  return value && { tokenEndpointURL: text(value, 'tokenEndpointURL', `${path}csrfInfo.`) };
}

function login(of: Json, name: string, path: string): Login | undefined {
  const value = object(of, name, path);
  if (!value) return undefined;
  const here = `${path}${name}.`;
  const basic = object(value, 'basic', here);
  const oauth = object(value, 'oauth', here);
  if (oauth) parameters(oauth, 'requestParameters', `${here}oauth.`);
  const certificateGen = object(value, 'certificateGen', here);
  for (const field of ['commonName', 'certificate']) text(certificateGen ?? {}, field, `${here}certificateGen.`);
  return defined({
    basic:
      basic &&
      defined({
        username: text(basic, 'username', `${here}basic.`),
        password: text(basic, 'password', `${here}basic.`),
        csrfInfo: csrf(basic, `${here}basic.`),
      }),
    oauth:
      oauth &&
      defined({
        url: text(oauth, 'url', `${here}oauth.`),
        clientId: text(oauth, 'clientId', `${here}oauth.`),
        clientSecret: text(oauth, 'clientSecret', `${here}oauth.`),
        csrfInfo: csrf(oauth, `${here}oauth.`),
      }),
    certificateGen: certificateGen && defined({ csrfInfo: csrf(certificateGen, `${here}certificateGen.`) }),
  });
}

/** A login of a specification knows neither certificates nor CSRF tokens: these are fields like any other unknown one. */
function specificationLogin(api: Json): Login | undefined {
  const given = object(api, 'specificationCredentials', 'api.');
  const plain = (name: string) => {
    const way = given && memberOf(given, name);
    return jsonKind(way) === 'object' ? Object.fromEntries(Object.entries(way as Json).filter(([key]) => !sameName(key, 'csrfInfo'))) : way;
  };
  return given && login({ specificationCredentials: { basic: plain('basic'), oauth: plain('oauth') } }, 'specificationCredentials', 'api.');
}

/** The text of a specification; undefined where it is missing or null. */
function spec(body: string, owner: 'api' | 'events'): string | undefined {
  const raw = rawValue(body, [owner, 'spec'], sameName);
  return raw === 'null' ? undefined : raw;
}

function documentation(value: Json): ServiceInput['documentation'] {
  const docs = memberOf(value, 'docs') ?? [];
  if (!Array.isArray(docs)) throw wrongKind(docs, 'documentation.docs', 'a list');
  const tags = memberOf(value, 'tags') ?? [];
  if (!isTextList(tags)) throw wrongKind(tags, 'documentation.tags', 'a list of texts');
  return {
    displayName: text(value, 'displayName', 'documentation.'),
    description: text(value, 'description', 'documentation.'),
    type: text(value, 'type', 'documentation.'),
    docs: docs.map((item: unknown, at) => {
      const doc = asObject(item, `documentation.docs.${at}`) ?? {};
      return {
        title: text(doc, 'title', 'documentation.docs.'),
        type: text(doc, 'type', 'documentation.docs.'),
        source: text(doc, 'source', 'documentation.docs.'),
      };
    }),
  };
}

/** Reads a service; fields that nobody knows are ignored. @throws AdapterError where the body is no JSON, or a field of another kind */
export function readService(body: string): ServiceInput {
  const first = firstValue(body);
  if ('fault' in first) throw new AdapterError(400, `while unmarshalling service: ${first.fault}`);
  // As for Go, `null` is a value that leaves everything empty.
  const content = (JSON.parse(first.value) ?? {}) as unknown;
  if (jsonKind(content) !== 'object') throw wrongKind(content, 'the body', 'an object');
  const service = content as Json;
  const api = object(service, 'api', '');
  const events = object(service, 'events', '');
  const docs = object(service, 'documentation', '');
  text(service, 'shortDescription', '');
  checkTextMap(service, 'labels', '');
  return defined({
    provider: text(service, 'provider', ''),
    name: text(service, 'name', ''),
    description: text(service, 'description', ''),
    identifier: text(service, 'identifier', ''),
    api:
      api &&
      defined({
        targetUrl: text(api, 'targetUrl', 'api.'),
        apiType: text(api, 'apiType', 'api.'),
        spec: spec(body, 'api'),
        specificationUrl: text(api, 'specificationUrl', 'api.'),
        credentials: login(api, 'credentials', 'api.'),
        requestParameters: parameters(api, 'requestParameters', 'api.'),
        headers: multimap(api, 'headers', 'api.'),
        queryParameters: multimap(api, 'queryParameters', 'api.'),
        specificationCredentials: specificationLogin(api),
        specificationRequestParameters: parameters(api, 'specificationRequestParameters', 'api.'),
      }),
    events: events && defined({ spec: spec(body, 'events') }),
    documentation: docs && documentation(docs),
  }) as ServiceInput;
}
