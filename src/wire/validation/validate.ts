/** What is wrong with a document, in the words and in the order of the reference's library (gqlparser 2.5). */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  MaxIntrospectionDepthRule,
  OverlappingFieldsCanBeMergedRule,
  validate,
} from 'graphql';
import * as fields from './fields.ts';
import * as fragments from './fragments.ts';
import * as operations from './operations.ts';
import { uniqueInputFieldNames, valuesOfCorrectType } from './values.ts';
import { type MakeRule, Walk } from './walk.ts';

/** The order counts: it is that of several faults in one place. */
const RULES: readonly MakeRule[] = [
  fields.fieldsOnCorrectType,
  fragments.fragmentsOnCompositeTypes,
  fields.knownArgumentNames,
  fields.knownDirectives,
  fragments.knownFragmentNames,
  operations.knownRootType,
  fragments.knownTypeNames,
  operations.loneAnonymousOperation,
  fragments.noFragmentCycles,
  operations.noUndefinedVariables,
  fragments.noUnusedFragments,
  operations.noUnusedVariables,
  fragments.possibleFragmentSpreads,
  fields.providedRequiredArguments,
  fields.scalarLeafs,
  fields.uniqueArgumentNames,
  fields.uniqueDirectivesPerLocation,
  fragments.uniqueFragmentNames,
  uniqueInputFieldNames,
  operations.uniqueOperationNames,
  operations.uniqueVariableNames,
  valuesOfCorrectType,
  operations.variablesAreInputTypes,
  operations.variablesInAllowedPosition,
];

/** The same fault at the later of the two fields, where the wire tells it. */
const atLater = (fault: GraphQLError) => {
  const nodes = fault.nodes ?? [];
  const later = nodes[nodes.length / 2];
  return later ? new GraphQLError(fault.message, { nodes: later }) : fault;
};

export function documentFaults(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  const walk = new Walk(schema, document, RULES);
  const faults = walk.run();
  if (walk.gaveUp) return faults;
  const overlaps = validate(schema, document, [OverlappingFieldsCanBeMergedRule]).map(atLater);
  const looks = validate(schema, document, [MaxIntrospectionDepthRule]);
  return [...faults, ...overlaps, ...looks];
}
