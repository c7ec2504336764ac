import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import { runtimeEventing } from '../eventing/rules.ts';
import { deliverDeparture, deliverMoves } from '../formation/automatic/delivery.ts';
import { pickLabel } from '../label/rules.ts';
import { contextOfRuntime, listContextsOf } from '../runtime-context/rules.ts';
import type {
  MutationDeleteRuntimeLabelArgs,
  MutationRegisterRuntimeArgs,
  MutationSetRuntimeLabelArgs,
  MutationUnregisterRuntimeArgs,
  MutationUpdateRuntimeArgs,
  QueryRuntimeArgs,
  QueryRuntimesArgs,
  RuntimeLabelsArgs,
  RuntimeRuntimeContextArgs,
  RuntimeRuntimeContextsArgs,
} from '../schema/types.generated.ts';
import { systemAuthsOf } from '../system-auth/rules.ts';
import { webhooksOf } from '../webhook/rules.ts';
import { runtimeRegisterFaults, runtimeUpdateFaults } from './input.ts';
import { deleteRuntimeLabel, setRuntimeLabel, visibleLabels } from './labels.ts';
import { runtimes, type RuntimeRecord } from './records.ts';
import { registerRuntime } from './registration.ts';
import { listRuntimes, readRuntime } from './rules.ts';
import { requireRuntimeToRemove, unregisterRuntime, updateRuntime } from './update.ts';

/** A runtime in an answer; one that was just taken away has no labels any more. */
type ShownRuntime = RuntimeRecord & { readonly removed?: true };

export const runtime: Concept = {
  collections: [runtimes],
  validators: { RuntimeRegisterInput: runtimeRegisterFaults, RuntimeUpdateInput: runtimeUpdateFaults },
  resolvers: {
    Query: {
      runtimes: (_, args: QueryRuntimesArgs, { call }) => listRuntimes(call, args),
      runtime: (_, args: QueryRuntimeArgs, { call }) => readRuntime(call, args.id),
    },
    Mutation: {
      registerRuntime: async (_, args: MutationRegisterRuntimeArgs, context) => {
        const registered = await context.write((call) => registerRuntime(call, args.in));
        await deliverMoves(context, registered.moves);
        return registered.runtime;
      },
      updateRuntime: (_, args: MutationUpdateRuntimeArgs, context) => context.write((call) => updateRuntime(call, args.id, args.in)),
      unregisterRuntime: async (_, args: MutationUnregisterRuntimeArgs, context) => {
        await deliverDeparture(context, await requireRuntimeToRemove(context.call, args.id));
        return { ...(await context.write((call) => unregisterRuntime(call, args.id))), removed: true };
      },
      setRuntimeLabel: (_, args: MutationSetRuntimeLabelArgs, context) =>
        context.write((call) => setRuntimeLabel(call, args.runtimeID, args.key, args.value)),
      deleteRuntimeLabel: (_, args: MutationDeleteRuntimeLabelArgs, context) =>
        context.write((call) => deleteRuntimeLabel(call, args.runtimeID, args.key)),
    },
    Runtime: {
      metadata: (shown: ShownRuntime) => ({ creationTimestamp: shown.createdAt }),
      labels: (shown: ShownRuntime, { key }: RuntimeLabelsArgs, { caller }: DirectorContext) =>
        shown.removed ? null : pickLabel(visibleLabels(shown, caller.tenant?.id), key),
      webhooks: (shown: ShownRuntime, _, { call }: DirectorContext) => webhooksOf(call, 'runtime', shown.id),
      auths: (shown: ShownRuntime, _, { call }: DirectorContext) => systemAuthsOf(call, 'runtime', shown.id),
      eventingConfiguration: (shown: ShownRuntime) => (shown.removed ? { defaultURL: '' } : runtimeEventing(shown)),
      runtimeContext: (shown: ShownRuntime, { id }: RuntimeRuntimeContextArgs, { call }: DirectorContext) =>
        contextOfRuntime(call, shown.id, id),
      runtimeContexts: (shown: ShownRuntime, args: RuntimeRuntimeContextsArgs, { call }: DirectorContext) =>
        listContextsOf(call, shown.id, args),
    },
  },
};
