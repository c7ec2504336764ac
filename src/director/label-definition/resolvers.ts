import type { WriteCall } from '../call.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import { askToDelete, concludeDeletion, type Leaving, tellOfCreation } from '../formation/lifecycle/create-and-delete.ts';
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
  type Changes,
  createLabelDefinition,
  findLabelDefinition,
  type LabelDefinition,
  listLabelDefinitions,
  requireLabelDefinition,
  updateLabelDefinition,
} from './rules.ts';

type Change = (call: WriteCall, input: LabelDefinitionInput) => Promise<Changes>;

/** The definition after a change, and after products were told of the formations that come and go with it; where that fails for one, all is as it was. */
async function changed(ctx: DirectorContext, change: Change, input: LabelDefinitionInput): Promise<LabelDefinition> {
  const { made, dropped } = await ctx.write((call) => change(call, input));
  try {
    for (const each of made) await tellOfCreation(ctx, each);
    const leaving: Leaving[] = [];
    for (const formation of dropped) leaving.push(await askToDelete(ctx, formation));
    if (leaving.length > 0)
      await ctx.write(async (call) => {
        for (const each of leaving) await concludeDeletion(call, each);
      });
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
