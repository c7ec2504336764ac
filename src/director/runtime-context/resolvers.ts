import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import { deliverDeparture, deliverMoves } from '../formation/automatic/delivery.ts';
import { pickLabel, shownLabels } from '../label/rules.ts';
import type {
  MutationRegisterRuntimeContextArgs,
  MutationUnregisterRuntimeContextArgs,
  MutationUpdateRuntimeContextArgs,
  RuntimeContextLabelsArgs,
} from '../schema/types.generated.ts';
import { runtimeContextFaults } from './input.ts';
import { runtimeContexts, type RuntimeContextRecord } from './records.ts';
import { registerRuntimeContext, requireContextToChange, unregisterRuntimeContext, updateRuntimeContext } from './rules.ts';

/** A context in an answer; one that was just taken away has no labels any more. */
type ShownContext = RuntimeContextRecord & { readonly removed?: true };

export const runtimeContext: Concept = {
  collections: [runtimeContexts],
  validators: { RuntimeContextInput: runtimeContextFaults },
  resolvers: {
    Mutation: {
      registerRuntimeContext: async (_, args: MutationRegisterRuntimeContextArgs, context: DirectorContext) => {
        const registered = await context.write((call) => registerRuntimeContext(call, args.runtimeID, args.in));
        await deliverMoves(context, registered.moves);
        return registered.context;
      },
      updateRuntimeContext: (_, args: MutationUpdateRuntimeContextArgs, context: DirectorContext) =>
        context.write((call) => updateRuntimeContext(call, args.id, args.in)),
      unregisterRuntimeContext: async (_, args: MutationUnregisterRuntimeContextArgs, context: DirectorContext) => {
        await deliverDeparture(context, await requireContextToChange(context.call, args.id));
        return { ...(await context.write((call) => unregisterRuntimeContext(call, args.id))), removed: true };
      },
    },
    RuntimeContext: {
      labels: (context: ShownContext, { key }: RuntimeContextLabelsArgs, { caller }: DirectorContext) =>
        context.removed ? null : pickLabel(shownLabels(context, caller.tenant?.id), key),
    },
  },
};
