/** Ids in arguments become those of the stored objects: clients may write them as PostgreSQL, the measure of the wire, reads them. */
import { type GraphQLField, GraphQLID, type GraphQLInputType, getNamedType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import { canonicalUUID } from '../../text/uuid.ts';

type Read = (value: unknown) => unknown;
type Values = Readonly<Record<string, unknown>>;

/** What others call things of theirs, such as external tenants: a text that means what is written. */
const WORDS_OF_OTHERS: ReadonlySet<string> = new Set([
  'tenantByExternalID.id',
  'removeTenantAccess.tenantID',
  'TenantAccessInput.tenantID',
  'OAuthCredentialDataInput.clientId',
  'CertificateOAuthCredentialDataInput.clientId',
]);

/** Ids that the schema calls texts. */
const TEXTS: ReadonlySet<string> = new Set([
  'setDefaultEventingForApplication.appID',
  'setDefaultEventingForApplication.runtimeID',
  'deleteDefaultEventingForApplication.appID',
  'formationsForObject.objectID',
  'tenantByLowestOwnerForResource.resource',
]);

const id: Read = (value) => (typeof value === 'string' ? canonicalUUID(value) : value);

/** The same object where nothing in it is written otherwise. */
function within(values: Values, reads: readonly (readonly [string, Read])[]): Values {
  let changed: Record<string, unknown> | undefined;
  for (const [name, read] of reads) {
    const given = values[name];
    if (given === null || given === undefined) continue;
    const value = read(given);
    if (value !== given) (changed ??= { ...values })[name] = value;
  }
  return changed ?? values;
}

function reader(place: string, type: GraphQLInputType, seen: ReadonlySet<string>): Read | undefined {
  if (isNonNullType(type)) return reader(place, type.ofType, seen);
  if (isListType(type)) {
    const read = reader(place, type.ofType, seen);
    return read && ((value) => (Array.isArray(value) ? value.map(read) : value));
  }
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return (named === GraphQLID && !WORDS_OF_OTHERS.has(place)) || TEXTS.has(place) ? id : undefined;
  if (seen.has(named.name)) return undefined;
  const reads = readersOf(named.name, Object.values(named.getFields()), new Set(seen).add(named.name));
  return reads.length > 0 ? (value) => (typeof value === 'object' && value !== null ? within(value as Values, reads) : value) : undefined;
}

const readersOf = (
  owner: string,
  parts: readonly { readonly name: string; readonly type: GraphQLInputType }[],
  seen: ReadonlySet<string>,
): (readonly [string, Read])[] =>
  parts.flatMap(({ name, type }) => {
    const read = reader(`${owner}.${name}`, type, seen);
    return read ? [[name, read] as const] : [];
  });

type Arguments = Record<string, unknown>;

/** How the ids among a field's arguments are read. Worked out when the field is first asked for: most never are, and a start needs none. */
export function idReader<C>(field: GraphQLField<unknown, C>): (args: Arguments) => Arguments {
  let reads: ReturnType<typeof readersOf> | undefined;
  return (args) => {
    reads ??= readersOf(field.name, field.args, new Set());
    // a tenant comes to a formation by its external id
    return within(args, args['objectType'] === 'TENANT' ? reads.filter(([name]) => name !== 'objectID') : reads);
  };
}
