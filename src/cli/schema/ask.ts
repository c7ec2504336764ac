/** What a system says of its own schema. */
import type { Client } from '../../client/client.ts';

export interface TypeRef {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType?: TypeRef | null;
}

export interface Argument {
  readonly name: string;
  readonly description: string | null;
  readonly defaultValue: string | null;
  readonly type: TypeRef;
}

export interface Field {
  readonly name: string;
  readonly description: string | null;
  readonly args: readonly Argument[];
  readonly type: TypeRef;
}

export interface NamedType {
  readonly kind: string;
  readonly name: string;
  readonly description: string | null;
  readonly fields: readonly Field[] | null;
  readonly inputFields: readonly Argument[] | null;
  readonly enumValues: readonly { readonly name: string; readonly description: string | null }[] | null;
  readonly possibleTypes: readonly { readonly name: string }[] | null;
}

export interface Operation extends Field {
  readonly kind: 'query' | 'mutation';
}

const PARTS = `
fragment R on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
fragment A on __InputValue { name description defaultValue type { ...R } }
fragment F on __Field { name description args { ...A } type { ...R } }`;

/** All operations, queries first; and the names of all types. */
export async function operationsOf(client: Client): Promise<{ operations: Operation[]; types: string[] }> {
  const document = `{ __schema { queryType { fields { ...F } } mutationType { fields { ...F } } types { name } } }${PARTS}`;
  const { __schema: schema } = await client.request<
    {
      __schema: {
        queryType: { fields: readonly Field[] };
        mutationType: { fields: readonly Field[] } | null;
        types: readonly { name: string }[];
      };
    },
    Record<string, never>
  >(document);
  const queries = schema.queryType.fields.map((field) => ({ ...field, kind: 'query' as const }));
  const mutations = (schema.mutationType?.fields ?? []).map((field) => ({ ...field, kind: 'mutation' as const }));
  return { operations: [...queries, ...mutations], types: schema.types.map(({ name }) => name) };
}

export async function typeOf(client: Client, name: string): Promise<NamedType | null> {
  const document = `query($name: String!) { __type(name: $name) {
  kind name description fields { ...F } inputFields { ...A } enumValues { name description } possibleTypes { name }
} }${PARTS}`;
  const { __type: type } = await client.request<{ __type: NamedType | null }, { name: string }>(document, { name });
  return type;
}
