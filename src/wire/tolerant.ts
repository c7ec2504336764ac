/**
 * The schema that documents run on. A fault takes nothing with it there, so that whatever stands beside it is answered, and told of if it fails as well:
 * graphql-js stops at the first fault below a field that must not be null. `nulls.ts` takes away what the published schema does not let stand.
 */
import {
  defaultFieldResolver,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  GraphQLInterfaceType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLUnionType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

type Field = GraphQLFieldConfig<unknown, unknown>;
type Fields = GraphQLFieldConfigMap<unknown, unknown>;

/** A value that is missing is a fault of the field, as it is where graphql-js meets it. */
function required({ resolve = defaultFieldResolver }: Field): Field['resolve'] {
  return (source, args, context, info) => {
    const present = (value: unknown) => {
      if (value === null || value === undefined)
        throw new Error(`Cannot return null for non-nullable field ${info.parentType.name}.${info.fieldName}.`);
      return value;
    };
    const value = resolve(source, args, context, info);
    return value instanceof Promise ? value.then(present) : present(value);
  };
}

export function tolerantSchema(published: GraphQLSchema): GraphQLSchema {
  const tolerant = new Map<string, GraphQLNamedType>();
  const sameOf = <T extends GraphQLNamedType>(type: T): T => (tolerant.get(type.name) ?? type) as T;
  const rootOf = (type: GraphQLObjectType | null | undefined) => type && sameOf(type);

  const nullable = (type: GraphQLOutputType): GraphQLOutputType =>
    isNonNullType(type)
      ? nullable(type.ofType as GraphQLOutputType)
      : isListType(type)
        ? new GraphQLList(nullable(type.ofType as GraphQLOutputType))
        : sameOf(type as GraphQLNamedType & GraphQLOutputType);

  const fieldsOf = (fields: Fields): Fields =>
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [
        name,
        { ...field, type: nullable(field.type), resolve: isNonNullType(field.type) ? required(field) : field.resolve },
      ]),
    );

  function made(type: GraphQLNamedType): GraphQLNamedType {
    if (isIntrospectionType(type)) return type;
    if (isObjectType(type)) {
      const config = type.toConfig();
      return new GraphQLObjectType({
        ...config,
        interfaces: () => config.interfaces.map(sameOf),
        fields: () => fieldsOf(config.fields),
      });
    }
    if (isInterfaceType(type)) {
      const config = type.toConfig();
      return new GraphQLInterfaceType({
        ...config,
        interfaces: () => config.interfaces.map(sameOf),
        fields: () => fieldsOf(config.fields),
      });
    }
    if (isUnionType(type)) {
      const config = type.toConfig();
      return new GraphQLUnionType({ ...config, types: () => config.types.map(sameOf) });
    }
    return type;
  }

  const config = published.toConfig();
  for (const type of config.types) tolerant.set(type.name, made(type));
  return new GraphQLSchema({
    ...config,
    query: rootOf(config.query),
    mutation: rootOf(config.mutation),
    types: config.types.map(sameOf),
    assumeValid: true,
  });
}
