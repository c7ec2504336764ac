import type { Concept } from '../concept.ts';
import type { MutationSubscribeTenantArgs, MutationUnsubscribeTenantArgs } from '../schema/types.generated.ts';
import { deliverDeparture, deliverMoves } from '../formation/automatic/delivery.ts';
import { fetchPending } from '../spec/fetch.ts';
import { departuresOf, subscribeTenant, unsubscribeTenant } from './rules.ts';

export const subscription: Concept = {
  resolvers: {
    Mutation: {
      subscribeTenant: async (_, args: MutationSubscribeTenantArgs, context) => {
        const { answer, registered, moves } = await context.write((call) => subscribeTenant(call, args));
        for (const id of registered) await fetchPending(context, id);
        for (const each of moves) await deliverMoves(context, each);
        return answer;
      },
      unsubscribeTenant: async (_, args: MutationUnsubscribeTenantArgs, context) => {
        for (const { context: leaving, by } of await departuresOf(context.call, args)) await deliverDeparture(context, leaving, by);
        return (await context.write((call) => unsubscribeTenant(call, args))).answer;
      },
    },
  },
};
