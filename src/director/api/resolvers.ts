import type { ApplicationRecord } from '../application/records.ts';
import type { BundleRecord } from '../bundle/records.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import type {
  ApplicationApiDefinitionArgs,
  BundleApiDefinitionArgs,
  BundleApiDefinitionsArgs,
  MutationAddApiDefinitionToApplicationArgs,
  MutationAddApiDefinitionToBundleArgs,
  MutationDeleteApiDefinitionArgs,
  MutationRefetchApiSpecArgs,
  MutationUpdateApiDefinitionArgs,
  MutationUpdateApiDefinitionForApplicationArgs,
  QueryApisForApplicationArgs,
} from '../schema/types.generated.ts';
import { fetchPending, fetchSpec } from '../spec/fetch.ts';
import { specView } from '../spec/rules.ts';
import { apiFaults } from './input.ts';
import { type ApiDefinitionRecord, apiDefinitions } from './records.ts';
import {
  addApiToApplication,
  addApiToBundle,
  apisOfApplication,
  apisOfBundle,
  deleteApi,
  findApi,
  findApiOfAnyBundle,
  findApiOfApplication,
  requireSpec,
  updateApi,
  updateApiForApplication,
} from './rules.ts';

/** The API as it is stored when its spec has been fetched; as it was where it is gone by then. */
async function fetched(ctx: DirectorContext, api: ApiDefinitionRecord): Promise<ApiDefinitionRecord> {
  await fetchPending(ctx, api.applicationID);
  return (await findApi(ctx.call, api.id)) ?? api;
}

export const api: Concept = {
  collections: [apiDefinitions],
  validators: { APIDefinitionInput: apiFaults },
  resolvers: {
    Query: {
      apisForApplication: (_, args: QueryApisForApplicationArgs, { call }) => apisOfApplication(call, args.appID, args),
    },
    Mutation: {
      addAPIDefinitionToBundle: async (_, args: MutationAddApiDefinitionToBundleArgs, ctx) =>
        fetched(ctx, await ctx.write((call) => addApiToBundle(call, args.bundleID, args.in))),
      addAPIDefinitionToApplication: async (_, args: MutationAddApiDefinitionToApplicationArgs, ctx) =>
        fetched(ctx, await ctx.write((call) => addApiToApplication(call, args.appID, args.in))),
      updateAPIDefinition: async (_, args: MutationUpdateApiDefinitionArgs, ctx) =>
        fetched(ctx, await ctx.write((call) => updateApi(call, args.id, args.in))),
      updateAPIDefinitionForApplication: async (_, args: MutationUpdateApiDefinitionForApplicationArgs, ctx) =>
        fetched(ctx, await ctx.write((call) => updateApiForApplication(call, args.id, args.in))),
      deleteAPIDefinition: (_, args: MutationDeleteApiDefinitionArgs, ctx) => ctx.write((call) => deleteApi(call, args.id)),
      refetchAPISpec: async (_, args: MutationRefetchApiSpecArgs, ctx) => {
        await fetchSpec(ctx, apiDefinitions, await requireSpec(ctx.call, args.apiID));
        return specView(await requireSpec(ctx.call, args.apiID));
      },
    },
    APIDefinition: {
      spec: specView,
      created_at: (record: ApiDefinitionRecord) => record.createdAt,
    },
    Application: {
      apiDefinition: (application: ApplicationRecord, args: ApplicationApiDefinitionArgs, { call }: DirectorContext) =>
        findApiOfApplication(call, application.id, args.id),
    },
    Bundle: {
      apiDefinition: (_: BundleRecord, args: BundleApiDefinitionArgs, { call }: DirectorContext) => findApiOfAnyBundle(call, args.id),
      apiDefinitions: (bundle: BundleRecord, args: BundleApiDefinitionsArgs, { call }: DirectorContext) =>
        apisOfBundle(call, bundle.id, args),
    },
  },
};
