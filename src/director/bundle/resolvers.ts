import type { ApplicationRecord } from '../application/records.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import type {
  ApplicationBundleArgs,
  ApplicationBundlesArgs,
  MutationAddBundleArgs,
  MutationDeleteBundleArgs,
  MutationUpdateBundleArgs,
} from '../schema/types.generated.ts';
import { fetchPending } from '../spec/fetch.ts';
import { bundleCreateFaults, bundleUpdateFaults } from './input.ts';
import { bundles } from './records.ts';
import { addBundle, bundlesOfApplication, deleteBundle, findBundleOfApplication, updateBundle } from './rules.ts';

export const bundle: Concept = {
  collections: [bundles],
  validators: { BundleCreateInput: bundleCreateFaults, BundleUpdateInput: bundleUpdateFaults },
  resolvers: {
    Mutation: {
      addBundle: async (_, args: MutationAddBundleArgs, ctx) => {
        const added = await ctx.write((call) => addBundle(call, args.applicationID, args.in));
        await fetchPending(ctx, added.applicationID);
        return added;
      },
      updateBundle: (_, args: MutationUpdateBundleArgs, ctx) => ctx.write((call) => updateBundle(call, args.id, args.in)),
      deleteBundle: (_, args: MutationDeleteBundleArgs, ctx) => ctx.write((call) => deleteBundle(call, args.id)),
    },
    Application: {
      bundles: (application: ApplicationRecord, args: ApplicationBundlesArgs, { call }: DirectorContext) =>
        bundlesOfApplication(call, application, args),
      bundle: (application: ApplicationRecord, args: ApplicationBundleArgs, { call }: DirectorContext) =>
        findBundleOfApplication(call, application.id, args.id),
    },
  },
};
