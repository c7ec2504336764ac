/** Operations and their variables. */
import {
  type GraphQLInputType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  print,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { shown } from './values.ts';
import type { MakeRule, Walk } from './walk.ts';

export const knownRootType: MakeRule = (walk) => ({
  operation(node) {
    if (!walk.schema.getRootType(node.operation)) walk.fault(node, `Schema does not support operation type "${node.operation}"`);
  },
});

export const loneAnonymousOperation: MakeRule = (walk) => ({
  operation(node) {
    if (!node.name && walk.operations.length > 1) walk.fault(node, 'This anonymous operation must be the only defined operation.');
  },
});

export const uniqueOperationNames: MakeRule = (walk) => {
  const seen = new Set<string>();
  return {
    operation(node) {
      const name = node.name?.value ?? '';
      if (seen.has(name)) walk.fault(node, `There can be only one operation named "${name}".`);
      seen.add(name);
    },
  };
};

export const uniqueVariableNames: MakeRule = (walk) => ({
  operation({ variableDefinitions = [] }) {
    const seen = new Map<string, number>();
    for (const node of variableDefinitions) {
      const name = node.variable.name.value;
      const times = seen.get(name) ?? 0;
      if (times === 1) walk.fault(node, `There can be only one variable named "$${name}".`);
      seen.set(name, times + 1);
    }
  },
});

export const variablesAreInputTypes: MakeRule = (walk) => ({
  operation({ variableDefinitions = [] }) {
    for (const node of variableDefinitions) {
      const type = typeFromAST(walk.schema, node.type);
      if (type && !isInputType(type))
        walk.fault(node, `Variable "$${node.variable.name.value}" cannot be non-input type "${String(type)}".`);
    }
  },
});

/** The definition that a variable of the present operation has: the first of that name. */
const definitionOf = ({ operation }: Walk, name: string): VariableDefinitionNode | undefined =>
  operation?.variableDefinitions?.find(({ variable }) => variable.name.value === name);

export const noUndefinedVariables: MakeRule = (walk) => ({
  value(node) {
    if (node.kind !== Kind.VARIABLE || !walk.operation || definitionOf(walk, node.name.value)) return;
    const { name } = walk.operation;
    walk.fault(node, `Variable "${shown(node)}" is not defined${name ? ` by operation "${name.value}"` : ''}.`);
  },
});

export const noUnusedVariables: MakeRule = (walk) => {
  const used = new Set<VariableDefinitionNode>();
  return {
    value(node) {
      const definition = node.kind === Kind.VARIABLE ? definitionOf(walk, node.name.value) : undefined;
      if (definition) used.add(definition);
    },
    operation({ name, variableDefinitions = [] }) {
      for (const node of variableDefinitions)
        if (!used.has(node))
          walk.fault(node, `Variable "$${node.variable.name.value}" is never used${name ? ` in operation "${name.value}"` : ''}.`);
    },
  };
};

/** Whether what one type holds may stand where the other is wanted. */
function fits(type: GraphQLInputType, wanted: GraphQLInputType): boolean {
  if (isNonNullType(wanted)) return isNonNullType(type) && fits(type.ofType, wanted.ofType);
  if (isNonNullType(type)) return fits(type.ofType, wanted);
  if (isListType(type)) return isListType(wanted) && fits(type.ofType, wanted.ofType);
  return type === wanted;
}

export const variablesInAllowedPosition: MakeRule = (walk) => ({
  value(node, expected) {
    if (node.kind !== Kind.VARIABLE || !expected) return;
    const definition = definitionOf(walk, node.name.value);
    const type = definition && (typeFromAST(walk.schema, definition.type) as GraphQLInputType | undefined);
    if (!definition) return;
    const { defaultValue } = definition;
    // what has a default is there
    const wanted = defaultValue && defaultValue.kind !== Kind.NULL && isNonNullType(expected) ? expected.ofType : expected;
    if (!type || !fits(type, wanted))
      walk.fault(
        node,
        `Variable "${shown(node)}" of type "${print(definition.type)}" used in position expecting type "${String(expected)}".`,
      );
  },
});
