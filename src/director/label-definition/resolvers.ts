import type { Concept } from '../concept.ts';
import type {
  MutationCreateLabelDefinitionArgs,
  MutationUpdateLabelDefinitionArgs,
  QueryLabelDefinitionArgs,
} from '../schema/types.generated.ts';
import { labelDefinitionFaults } from './input.ts';
import { labelDefinitions } from './records.ts';
import { createLabelDefinition, findLabelDefinition, listLabelDefinitions, updateLabelDefinition } from './rules.ts';

export const labelDefinition: Concept = {
  collections: [labelDefinitions],
  validators: { LabelDefinitionInput: labelDefinitionFaults },
  resolvers: {
    Query: {
      labelDefinitions: (_, _args, { call }) => listLabelDefinitions(call),
      labelDefinition: (_, { key }: QueryLabelDefinitionArgs, { call }) => findLabelDefinition(call, key),
    },
    Mutation: {
      createLabelDefinition: (_, args: MutationCreateLabelDefinitionArgs, ctx) => ctx.write((call) => createLabelDefinition(call, args.in)),
      updateLabelDefinition: (_, args: MutationUpdateLabelDefinitionArgs, ctx) => ctx.write((call) => updateLabelDefinition(call, args.in)),
    },
  },
};
