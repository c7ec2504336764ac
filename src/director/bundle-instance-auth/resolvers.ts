import type { BundleRecord } from '../bundle/records.ts';
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
import { createFaults, requestFaults, setFaults } from './input.ts';
import { bundleInstanceAuths } from './records.ts';
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
        ctx.write((call) => requestCreation(call, args.bundleID, args.in)),
      requestBundleInstanceAuthDeletion: (_, args: MutationRequestBundleInstanceAuthDeletionArgs, ctx) =>
        ctx.write((call) => requestDeletion(call, args.authID)),
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
