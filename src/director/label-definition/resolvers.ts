import type { WriteCall } from '../call.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import { type Created, tellOfCreation } from '../formation/lifecycle/create-and-delete.ts';
import { discardFormation } from '../formation/rules.ts';
import type {
  LabelDefinitionInput,
  MutationCreateLabelDefinitionArgs,
  MutationUpdateLabelDefinitionArgs,
  QueryLabelDefinitionArgs,
} from '../schema/types.generated.ts';
import { labelDefinitionFaults } from './input.ts';
import { labelDefinitions } from './records.ts';
import {
  createLabelDefinition,
  findLabelDefinition,
  type LabelDefinition,
  listLabelDefinitions,
  requireLabelDefinition,
  updateLabelDefinition,
} from './rules.ts';

type Change = (call: WriteCall, input: LabelDefinitionInput) => Promise<readonly Created[]>;

/** The definition after a change, and after the formations that it made have been told of; where that fails for one, none of them stays. */
async function changed(ctx: DirectorContext, change: Change, input: LabelDefinitionInput): Promise<LabelDefinition> {
  const made = await ctx.write((call) => change(call, input));
  try {
    for (const each of made) await tellOfCreation(ctx, each);
  } catch (error) {
    await ctx.write(async (call) => {
      for (const { created } of made) await discardFormation(call, created);
    });
    throw error;
  }
  return requireLabelDefinition(ctx.call);
}

export const labelDefinition: Concept = {
  collections: [labelDefinitions],
  validators: { LabelDefinitionInput: labelDefinitionFaults },
  resolvers: {
    Query: {
      labelDefinitions: (_, _args, { call }) => listLabelDefinitions(call),
      labelDefinition: (_, { key }: QueryLabelDefinitionArgs, { call }) => findLabelDefinition(call, key),
    },
    Mutation: {
      createLabelDefinition: (_, args: MutationCreateLabelDefinitionArgs, ctx) => changed(ctx, createLabelDefinition, args.in),
      updateLabelDefinition: (_, args: MutationUpdateLabelDefinitionArgs, ctx) => changed(ctx, updateLabelDefinition, args.in),
    },
  },
};
