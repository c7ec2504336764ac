import type { BundleRecord } from '../bundle/records.ts';
import type { WriteCall } from '../call.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import type {
  BundleInstanceAuthArgs,
  MutationCreateBundleInstanceAuthArgs,
  MutationDeleteBundleInstanceAuthArgs,
  MutationRequestBundleInstanceAuthCreationArgs,
  MutationRequestBundleInstanceAuthDeletionArgs,
  MutationSetBundleInstanceAuthArgs,
  MutationUpdateBundleInstanceAuthArgs,
  QueryBundleByInstanceAuthArgs,
  QueryBundleInstanceAuthArgs,
} from '../schema/types.generated.ts';
import { askApplication } from './ask.ts';
import { createFaults, requestFaults, setFaults } from './input.ts';
import { type BundleInstanceAuthRecord, bundleInstanceAuths } from './records.ts';
import {
  createInstanceAuth,
  deleteInstanceAuth,
  findBundleByInstanceAuth,
  findInstanceAuth,
  findInstanceAuthOfBundle,
  instanceAuthsOfBundle,
  requestCreation,
  requestDeletion,
  setInstanceAuth,
  updateInstanceAuth,
} from './rules.ts';
import { requireFormationWithBundle, requireFormationWithInstanceAuth } from './scenario.ts';

/** Once it is stored the application hears of it. */
async function asking<T extends BundleInstanceAuthRecord>(ctx: DirectorContext, rule: (call: WriteCall) => Promise<T>): Promise<T> {
  const auth = await ctx.write(rule);
  askApplication(ctx, auth);
  return auth;
}

export const bundleInstanceAuth: Concept = {
  collections: [bundleInstanceAuths],
  validators: {
    BundleInstanceAuthRequestInput: requestFaults,
    BundleInstanceAuthSetInput: setFaults,
    BundleInstanceAuthCreateInput: createFaults,
  },
  afterScopes: {
    requestBundleInstanceAuthCreation: (args: MutationRequestBundleInstanceAuthCreationArgs, { call }) =>
      requireFormationWithBundle(call, args.bundleID),
    requestBundleInstanceAuthDeletion: (args: MutationRequestBundleInstanceAuthDeletionArgs, { call }) =>
      requireFormationWithInstanceAuth(call, args.authID),
  },
  resolvers: {
    Query: {
      bundleInstanceAuth: (_, args: QueryBundleInstanceAuthArgs, { call }) => findInstanceAuth(call, args.id),
      bundleByInstanceAuth: (_, args: QueryBundleByInstanceAuthArgs, { call }) => findBundleByInstanceAuth(call, args.authID),
    },
    Mutation: {
      requestBundleInstanceAuthCreation: (_, args: MutationRequestBundleInstanceAuthCreationArgs, ctx) =>
        asking(ctx, (call) => requestCreation(call, args.bundleID, args.in)),
      requestBundleInstanceAuthDeletion: (_, args: MutationRequestBundleInstanceAuthDeletionArgs, ctx) =>
        asking(ctx, (call) => requestDeletion(call, args.authID)),
      setBundleInstanceAuth: (_, args: MutationSetBundleInstanceAuthArgs, ctx) =>
        ctx.write((call) => setInstanceAuth(call, args.authID, args.in)),
      deleteBundleInstanceAuth: (_, args: MutationDeleteBundleInstanceAuthArgs, ctx) =>
        ctx.write((call) => deleteInstanceAuth(call, args.authID)),
      createBundleInstanceAuth: (_, args: MutationCreateBundleInstanceAuthArgs, ctx) =>
        ctx.write((call) => createInstanceAuth(call, args.bundleID, args.in)),
      updateBundleInstanceAuth: (_, args: MutationUpdateBundleInstanceAuthArgs, ctx) =>
        ctx.write((call) => updateInstanceAuth(call, args.id, args.bundleID, args.in)),
    },
    Bundle: {
      instanceAuth: (bundle: BundleRecord, args: BundleInstanceAuthArgs, { call }: DirectorContext) =>
        findInstanceAuthOfBundle(call, bundle.id, args.id),
      instanceAuths: (bundle: BundleRecord, _, { call }: DirectorContext) => instanceAuthsOfBundle(call, bundle.id),
    },
  },
};
