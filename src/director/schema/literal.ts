/** Arguments as they stand in the document: graphql-js leaves out fields whose variables are left out, the wire takes them for null. */
import { type GraphQLResolveInfo, Kind, type ValueNode } from 'graphql';

/** What the document has for an argument. Plans tell nothing of it: they give way where a variable of a field is left out. */
export const literalOf = (argument: string, info: GraphQLResolveInfo | undefined): ValueNode | undefined =>
  info?.fieldNodes?.[0]?.arguments?.find(({ name }) => name.value === argument)?.value;

/** The value with null for every field that the literal names and the value has not. */
export function asWritten(value: unknown, literal: ValueNode | undefined): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => asWritten(item, literal?.kind === Kind.LIST ? literal.values[index] : literal));
  if (literal?.kind !== Kind.OBJECT || typeof value !== 'object' || value === null) return value;
  const given = value as Readonly<Record<string, unknown>>;
  const named = literal.fields.map((field): [string, unknown] => [
    field.name.value,
    asWritten(given[field.name.value] ?? null, field.value),
  ]);
  return { ...given, ...Object.fromEntries(named) };
}
