/** The text form in which a template shows its application input: like a GraphQL literal, on one line (`reference: facts/applications.md 5.6`). */
import { wireJson } from '../texts/json-text.ts';
import type {
  ApiDefinitionInput,
  ApplicationJsonInput,
  AuthInput,
  BundleCreateInput,
  CredentialDataInput,
  CsrfTokenCredentialRequestAuthInput,
  DocumentInput,
  EventDefinitionInput,
  FetchRequestInput,
  VersionInput,
  WebhookInput,
} from '../schema/types.generated.ts';

type Maybe<T> = T | null | undefined;

/** A null that was given stays one. */
const orDefault = <T>(value: Maybe<T>, byDefault: T): T | null => (value === undefined ? byDefault : value);

const isGiven = <T>(value: Maybe<T>): value is T => value !== undefined && value !== null;

/** Texts stand between quotes as they are; those that hold JSON or code are escaped. */
const bare = (text: string) => `"${text}"`;

const SHORT: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\u000b': '\\v',
  '\f': '\\f',
  '\r': '\\r',
};

/** `\x7f`, `\u00a0`, `\U000e0001`: as many digits as the character needs. */
function numbered(character: string): string {
  const code = character.codePointAt(0)!;
  const [mark, digits] = code < 0x80 ? ['x', 2] : code < 0x10000 ? ['u', 4] : ['U', 8];
  return `\\${mark}${code.toString(16).padStart(Number(digits), '0')}`;
}

/** What cannot be seen is written as in the reference's own language. */
const escaped = (text: string) =>
  `"${text.replace(/["\\]/g, '\\$&').replace(/(?! )[\p{C}\p{Z}]/gu, (character) => SHORT[character] ?? numbered(character))}"`;
const asItIs = (value: unknown) => String(value);

/** `name: value,`, or nothing where no value was given. */
const field = <T>(name: string, value: Maybe<T>, write: (value: T) => string, end = ',') =>
  isGiven(value) ? `${name}: ${write(value)}${end}` : '';
/** The same without a blank: how nested objects of some kinds stand. */
const tight = <T>(name: string, value: Maybe<T>, write: (value: T) => string, end = ',') =>
  isGiven(value) ? `${name}:${write(value)}${end}` : '';

const text = (name: string, value: Maybe<string>) => field(name, value, bare);
const word = (name: string, value: Maybe<string | number | boolean>) => field(name, value, asItIs);
const object = (...fields: string[]) => `{${fields.join('')}}`;

/** `name: [ a, b ],`; nothing for an empty list. Brackets and separators differ from kind to kind. */
function list<T>(
  name: string,
  items: Maybe<readonly T[]>,
  write: (item: T) => string,
  [open, between, close]: readonly [string, string, string],
): string {
  return items?.length ? `${name}: ${open}${items.map(write).join(between)}${close}` : '';
}

function labelValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(labelValue).join(',')}]`;
  if (typeof value === 'object' && value !== null) return labelObject(value as Record<string, unknown>);
  return wireJson(value);
}

const labelObject = (labels: Readonly<Record<string, unknown>>): string =>
  object(
    ...Object.keys(labels)
      .sort()
      .map((key) => `${key}:${labelValue(labels[key])},`),
  );

const credential = ({ basic, oauth, certificateOAuth }: CredentialDataInput): string =>
  object(
    field('basic', basic, (data) => object(text('username', data.username), text('password', data.password))),
    field('oauth', oauth, (data) =>
      object(text('clientId', data.clientId), text('clientSecret', data.clientSecret), text('url', data.url)),
    ),
    field('certificateOAuth', certificateOAuth, (data) =>
      object(text('clientId', data.clientId), text('certificate', data.certificate), text('url', data.url)),
    ),
  );

const serialized = (auth: AuthInput | CsrfTokenCredentialRequestAuthInput): string =>
  field('additionalHeadersSerialized', auth.additionalHeadersSerialized, escaped) +
  field('additionalQueryParamsSerialized', auth.additionalQueryParamsSerialized, escaped);

const csrf = (auth: CsrfTokenCredentialRequestAuthInput): string =>
  object(
    text('tokenEndpointURL', auth.tokenEndpointURL),
    field('credential', auth.credential, (data) => ` ${credential(data)}`),
    serialized(auth),
  );

const auth = (input: AuthInput): string =>
  object(
    field('credential', input.credential, (data) => ` ${credential(data)}`),
    text('accessStrategy', input.accessStrategy),
    serialized(input),
    field('requestAuth', input.requestAuth, (request) => object(field('csrf', request.csrf, csrf))),
    // The reference writes it under this name.
    word('requestAuth', input.certCommonName),
  );

const webhook = (input: WebhookInput): string =>
  object(
    word('type', input.type),
    text('url', input.url),
    tight('auth', input.auth, auth),
    word('mode', input.mode),
    text('version', input.version),
    text('correlationIdKey', input.correlationIdKey),
    word('retryInterval', input.retryInterval),
    word('timeout', input.timeout),
    text('urlTemplate', input.urlTemplate),
    text('inputTemplate', input.inputTemplate),
    text('headerTemplate', input.headerTemplate),
    text('outputTemplate', input.outputTemplate),
    text('statusTemplate', input.statusTemplate),
  );

const fetchRequest = (input: FetchRequestInput): string =>
  object(
    text('url', input.url),
    tight('auth', input.auth, auth),
    word('mode', orDefault(input.mode, 'SINGLE')),
    text('filter', input.filter),
  );

const version = (input: VersionInput): string =>
  object(
    text('value', input.value),
    word('deprecated', orDefault(input.deprecated, false)),
    text('deprecatedSince', input.deprecatedSince),
    word('forRemoval', orDefault(input.forRemoval, false)),
  );

const api = (input: ApiDefinitionInput): string =>
  object(
    text('name', input.name),
    text('description', input.description),
    text('targetURL', input.targetURL),
    text('group', input.group),
    tight('spec', input.spec, (spec) =>
      object(
        field('data', spec.data, escaped),
        word('type', spec.type),
        word('format', spec.format),
        tight('fetchRequest', spec.fetchRequest, fetchRequest),
      ),
    ),
    tight('version', input.version, version),
  );

const event = (input: EventDefinitionInput): string =>
  object(
    text('name', input.name),
    text('description', input.description),
    field('spec', input.spec, (spec) =>
      object(
        field('data', spec.data, escaped),
        word('type', spec.type),
        tight('fetchRequest', spec.fetchRequest, fetchRequest),
        word('format', spec.format),
      ),
    ),
    text('group', input.group),
    tight('version', input.version, version),
  );

const document = (input: DocumentInput): string =>
  object(
    text('title', input.title),
    text('displayName', input.displayName),
    text('description', input.description),
    word('format', input.format),
    text('kind', input.kind),
    text('data', input.data),
    tight('fetchRequest', input.fetchRequest, fetchRequest),
  );

const bundle = (input: BundleCreateInput): string =>
  object(
    field('name', input.name, bare, ''),
    field('description', input.description, bare, ''),
    field('instanceAuthRequestInputSchema', input.instanceAuthRequestInputSchema, asItIs, ''),
    tight('defaultInstanceAuth', input.defaultInstanceAuth, auth, ''),
    list('apiDefinitions', input.apiDefinitions, api, ['[ ', ', ', '],']),
    list('eventDefinitions', input.eventDefinitions, event, ['[ ', ', ', '],']),
    list('documents', input.documents, document, ['[', ',', ' ],']),
    list('correlationIDs', input.correlationIDs, bare, ['[ ', ', ', ' ]']),
  );

/** Tabs and ends of lines do not stay. */
export const applicationInputText = (input: ApplicationJsonInput): string =>
  object(
    text('name', input.name),
    text('providerName', input.providerName),
    text('description', input.description),
    text('localTenantID', input.localTenantID),
    input.labels && Object.keys(input.labels).length > 0 ? field('labels', input.labels, labelObject) : '',
    list('webhooks', input.webhooks, webhook, ['[ ', ', ', ' ],']),
    text('healthCheckURL', input.healthCheckURL),
    list('bundles', input.bundles, bundle, ['[', ',', ' ],']),
    text('integrationSystemID', input.integrationSystemID),
    word('statusCondition', input.statusCondition),
    text('baseUrl', input.baseUrl),
    text('applicationNamespace', input.applicationNamespace),
  ).replace(/[\t\n]/g, '');
