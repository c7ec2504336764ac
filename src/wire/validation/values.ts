/** Whether the values that stand in a document are of the types that their places want. */
import {
  getNamedType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  type ObjectValueNode,
  type ValueNode,
} from 'graphql';
import { didYouMean, similar } from './suggestions.ts';
import type { MakeRule } from './walk.ts';

/** The value as faults show it. */
export function shown(node: ValueNode): string {
  switch (node.kind) {
    case Kind.VARIABLE:
      return `$${node.name.value}`;
    case Kind.STRING:
      return JSON.stringify(node.value);
    case Kind.NULL:
      return 'null';
    case Kind.LIST:
      return `[${node.values.map(shown).join(',')}]`;
    case Kind.OBJECT:
      return `{${node.fields.map(({ name, value }) => `${name.value}:${shown(value)}`).join(',')}}`;
    default:
      return String(node.value);
  }
}

const INT64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n };
const isOutside = (digits: string, { least, most }: typeof INT64) => BigInt(digits) < least || BigInt(digits) > most;
const INT32 = { least: -(2n ** 31n), most: 2n ** 31n - 1n };

/** Numbers that no machine holds, here or further inside. */
function overflows(node: ValueNode): boolean {
  if (node.kind === Kind.INT) return isOutside(node.value, INT64);
  if (node.kind === Kind.FLOAT) return !Number.isFinite(Number(node.value));
  if (node.kind === Kind.LIST) return node.values.some(overflows);
  return node.kind === Kind.OBJECT && node.fields.some(({ value }) => overflows(value));
}

function unexpected(node: ValueNode, expected: GraphQLInputType): string {
  const value = shown(node);
  const type = String(expected);
  switch (type.replace(/!$/, '')) {
    case 'Int': {
      const digits = 'value' in node && /^[+-]?\d+$/.test(String(node.value)) ? String(node.value) : undefined;
      return `Int cannot represent non${digits && isOutside(digits, INT32) ? ' 32-bit signed integer' : '-integer'} value: ${value}`;
    }
    case 'String':
      return `String cannot represent a non string value: ${value}`;
    case 'Boolean':
      return `Boolean cannot represent a non boolean value: ${value}`;
    case 'Float':
      return `Float cannot represent non numeric value: ${value}`;
    case 'ID':
      return `ID cannot represent a non-string and non-integer value: ${value}`;
  }
  if (type === '[String]') return `String cannot represent a non string value: ${value}`;
  if (isEnumType(getNamedType(expected))) return `Enum "${type}" cannot represent non-enum value: ${value}.`;
  return `Expected value of type "${type}", found ${value}.`;
}

/** Which of the built-in scalars take a literal of that kind. */
const TAKEN_BY: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  [Kind.INT]: ['Int', 'Float', 'ID'],
  [Kind.FLOAT]: ['Float'],
  [Kind.STRING]: ['String', 'ID'],
  [Kind.BOOLEAN]: ['Boolean'],
};

/** The fault of a plain value, if it has one. */
function plainFault(node: ValueNode, expected: GraphQLInputType): string | undefined {
  const type = getNamedType(expected);
  if (isEnumType(type)) {
    const names = type.getValues().map(({ name }) => name);
    if (node.kind === Kind.ENUM)
      return names.includes(node.value)
        ? undefined
        : `Value "${node.value}" does not exist in "${String(expected)}" enum.${didYouMean(similar(node.value, names), 'the enum value ')}`;
    if (node.kind === Kind.STRING) return unexpected(node, expected) + didYouMean(similar(node.value, names), 'the enum value ');
  }
  if (TAKEN_BY[node.kind]?.includes(type.name)) {
    // the wire's numbers have 64 bits where they are read and 32 where they are stored
    const tooLarge = node.kind === Kind.INT && type.name === 'Int' && isOutside(node.value, INT32);
    return tooLarge && !overflows(node) ? unexpected(node, expected) : undefined;
  }
  return unexpected(node, expected);
}

const isList = (type: GraphQLInputType) => isListType(isNonNullType(type) ? type.ofType : type);

export const valuesOfCorrectType: MakeRule = (walk) => {
  function fieldsOfObject(node: ObjectValueNode, expected: GraphQLInputType): void {
    const type = getNamedType(expected);
    const fields = isInputObjectType(type) ? type.getFields() : {};
    const given = new Set(node.fields.map(({ name }) => name.value));
    for (const field of Object.values(fields))
      if (isRequiredInputField(field) && !given.has(field.name))
        walk.fault(node, `Field "${type.name}.${field.name}" of required type "${String(field.type)}" was not provided.`);
    for (const field of node.fields) {
      const name = field.name.value;
      if (Object.hasOwn(fields, name)) continue;
      walk.fault(field, `Field "${name}" is not defined by type "${type.name}".${didYouMean(similar(name, Object.keys(fields)))}`);
    }
  }

  return {
    value(node, expected) {
      if (!expected) return;
      if (node.kind === Kind.NULL && isNonNullType(expected)) walk.fault(node, `Expected value of type "${String(expected)}", found null.`);
      const type = getNamedType(expected);
      // what a scalar of the schema itself thinks of it is told when it is read
      if (isScalarType(type) && !isSpecifiedScalarType(type)) return;
      if (overflows(node)) walk.fault(node, unexpected(node, expected));
      if (node.kind === Kind.NULL || node.kind === Kind.VARIABLE) return;
      if (node.kind === Kind.OBJECT) return fieldsOfObject(node, expected);
      const fault = node.kind === Kind.LIST ? (isList(expected) ? undefined : unexpected(node, expected)) : plainFault(node, expected);
      if (fault !== undefined) walk.fault(node, fault);
    },
  };
};

export const uniqueInputFieldNames: MakeRule = (walk) => ({
  value(node) {
    if (node.kind !== Kind.OBJECT) return;
    const seen = new Set<string>();
    for (const field of node.fields) {
      const name = field.name.value;
      if (seen.has(name)) walk.fault(field, `There can be only one input field named "${name}".`);
      seen.add(name);
    }
  },
});
