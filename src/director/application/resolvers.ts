import type { GraphQLResolveInfo } from 'graphql';
import { keepsRecords } from '../../registry/contract.ts';
import { applicationTemplates } from '../application-template/records.ts';
import { tenantOf, type WriteCall } from '../call.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import { listOnBehalf } from '../consumer/on-behalf-of.ts';
import { invalidData, invalidOperation } from '../errors.ts';
import { keptLabels, pickLabel, shownLabels } from '../label/rules.ts';
import type {
  ApplicationLabelsArgs,
  MutationDeleteApplicationLabelArgs,
  MutationMergeApplicationsArgs,
  MutationRegisterApplicationArgs,
  MutationSetApplicationLabelArgs,
  MutationUnpairApplicationArgs,
  MutationUnregisterApplicationArgs,
  MutationUpdateApplicationArgs,
  QueryApplicationArgs,
  QueryApplicationByLocalTenantIdAndAppTemplateIdArgs,
  QueryApplicationBySystemNumberArgs,
  QueryApplicationsArgs,
  QueryApplicationsByLocalTenantIdArgs,
  QueryApplicationsForRuntimeArgs,
  QueryApplicationsGlobalArgs,
} from '../schema/types.generated.ts';
import { fetchPending } from '../spec/fetch.ts';
import { systemAuthsOf } from '../system-auth/rules.ts';
import { sees } from '../tenant-access/rules.ts';
import { beginRegistration, beginUnpairing, beginUnregistration, requireIdle } from './asynchronous/operation.ts';
import { checkSharedFormation, listApplicationsForRuntime } from './lists/for-runtime.ts';
import { registerInputFaults, updateInputFaults } from './input.ts';
import { deleteApplicationLabel, setApplicationLabel } from './changes/labels.ts';
import { findByLocalTenantIDAndTemplate, findBySystemNumber, listApplications, listByLocalTenantID, listGlobally } from './lists/list.ts';
import { mergeApplications } from './changes/merge.ts';
import { operationLocation, runOperation } from './asynchronous/run.ts';
import { type ApplicationRecord, applications } from './records.ts';
import { lookUpApplication, registerApplication, requireOwnApplication } from './rules.ts';
import { unpairApplication, unregisterApplication } from './changes/unregister.ts';
import { updateApplication } from './changes/update.ts';
import { webhooksOfApplication } from './webhooks/inherited.ts';

/** Whether the application was just removed: nobody sees it any more. */
const isRemoved = ({ access }: ApplicationRecord) => access.length === 0;
/** Whether the caller may know the labels of an application in an answer: not those of one that was just removed, or of a foreign one. */
const isKnown = (application: ApplicationRecord, { caller }: DirectorContext) => !caller.tenant || sees(application, caller.tenant.id);

type Begin = (call: WriteCall) => Promise<ApplicationRecord>;

/** All that a mutation may ask about its place in the document: plans tell no more. */
type Place = Pick<GraphQLResolveInfo, 'path'>;

/** Answers at once and lets the work go on: the field is left out of the answer, which tells where to ask instead. */
async function asynchronously(ctx: DirectorContext, info: Place, begin: Begin): Promise<ApplicationRecord> {
  if (!ctx.director.settings.asyncMode) throw invalidOperation('asynchronous mode is switched off');
  const begun = await ctx.write(begin);
  ctx.deferred.push({ field: String(info.path.key), location: operationLocation(ctx, begun.id) });
  await fetchPending(ctx, begun.id);
  runOperation(ctx, begun);
  return begun;
}

/** @throws InvalidData where null was given in place of a mode */
function requireMode({ mode }: { readonly mode?: string | null | undefined }): void {
  if (mode === null) throw invalidData('the mode of an operation is SYNC or ASYNC');
}

async function requireKnown(args: { readonly id: string; readonly mode?: string | null }, { call }: DirectorContext): Promise<void> {
  requireMode(args);
  requireIdle(await requireOwnApplication(call, args.id));
}

export const application: Concept = {
  collections: [applications],
  validators: { ApplicationRegisterInput: registerInputFaults, ApplicationUpdateInput: updateInputFaults },
  beforeScopes: {
    registerApplication: requireMode,
    updateApplication: requireKnown,
    unregisterApplication: requireKnown,
    unpairApplication: requireKnown,
  },
  afterScopes: { application: ({ id }: QueryApplicationArgs, { call }) => checkSharedFormation(call, id) },
  resolvers: {
    Query: {
      applications: (_, args: QueryApplicationsArgs, { call, caller }) => {
        if (caller.onBehalfOf) return listOnBehalf(call);
        return caller.consumer.type === 'Runtime'
          ? listApplicationsForRuntime(call, caller.consumer.id, args, 'plain')
          : listApplications(call, args);
      },
      application: (_, { id }: QueryApplicationArgs, { call }) => lookUpApplication(call, id),
      applicationBySystemNumber: (_, args: QueryApplicationBySystemNumberArgs, { call }) => findBySystemNumber(call, args.systemNumber),
      applicationsByLocalTenantID: (_, args: QueryApplicationsByLocalTenantIdArgs, { call }) =>
        listByLocalTenantID(call, args.localTenantID, args),
      applicationByLocalTenantIDAndAppTemplateID: (_, args: QueryApplicationByLocalTenantIdAndAppTemplateIdArgs, { call }) =>
        findByLocalTenantIDAndTemplate(call, args.localTenantID, args.applicationTemplateID),
      applicationsForRuntime: (_, args: QueryApplicationsForRuntimeArgs, { call }) =>
        listApplicationsForRuntime(call, args.runtimeID, args, 'normalised'),
      applicationsGlobal: (_, args: QueryApplicationsGlobalArgs, { call }) => listGlobally(call, args),
    },
    Mutation: {
      registerApplication: async (_, args: MutationRegisterApplicationArgs, ctx, info) => {
        if (args.mode === 'ASYNC') return asynchronously(ctx, info, (call) => beginRegistration(call, args.in));
        const registered = await ctx.write((call) => registerApplication(call, args.in));
        // Specs come with bundles alone: most registrations have nothing to be fetched.
        if (args.in.bundles?.length) await fetchPending(ctx, registered.id);
        return registered;
      },
      updateApplication: (_, args: MutationUpdateApplicationArgs, ctx) => ctx.write((call) => updateApplication(call, args.id, args.in)),
      unregisterApplication: (_, { id, mode }: MutationUnregisterApplicationArgs, ctx, info) =>
        mode === 'ASYNC'
          ? asynchronously(ctx, info, (call) => beginUnregistration(call, id))
          : ctx.write((call) => unregisterApplication(call, id)),
      unpairApplication: (_, { id, mode }: MutationUnpairApplicationArgs, ctx, info) =>
        mode === 'ASYNC' ? asynchronously(ctx, info, (call) => beginUnpairing(call, id)) : ctx.write((call) => unpairApplication(call, id)),
      mergeApplications: (_, args: MutationMergeApplicationsArgs, ctx) =>
        ctx.write((call) => mergeApplications(call, args.destinationID, args.sourceID)),
      setApplicationLabel: (_, args: MutationSetApplicationLabelArgs, ctx) =>
        ctx.write((call) => setApplicationLabel(call, args.applicationID, args.key, args.value)),
      deleteApplicationLabel: (_, args: MutationDeleteApplicationLabelArgs, ctx) =>
        ctx.write((call) => deleteApplicationLabel(call, args.applicationID, args.key)),
    },
    Application: {
      applicationTemplate: ({ applicationTemplateID: id }: ApplicationRecord, _, { call }: DirectorContext) =>
        id === undefined ? null : call.tx.get(applicationTemplates, id),
      labels: (shown: ApplicationRecord, { key }: ApplicationLabelsArgs, ctx: DirectorContext) => {
        if (!isKnown(shown, ctx)) return null;
        const labelsOf = keepsRecords(ctx.director.registry) ? keptLabels : shownLabels;
        return pickLabel(labelsOf(shown, ctx.caller.tenant?.id), key);
      },
      webhooks: (shown: ApplicationRecord, _, { call }: DirectorContext) => {
        tenantOf(call);
        return isRemoved(shown) ? null : webhooksOfApplication(call, shown);
      },
      operations: () => [],
      auths: (shown: ApplicationRecord, _, { call }: DirectorContext) => {
        tenantOf(call);
        return systemAuthsOf(call, 'application', shown.id);
      },
    },
  },
};
