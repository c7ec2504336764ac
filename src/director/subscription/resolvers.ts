import type { Concept } from '../concept.ts';
import type { MutationSubscribeTenantArgs, MutationUnsubscribeTenantArgs } from '../schema/types.generated.ts';
import { subscribeTenant, unsubscribeTenant } from './rules.ts';

export const subscription: Concept = {
  resolvers: {
    Mutation: {
      subscribeTenant: (_, args: MutationSubscribeTenantArgs, context) => context.write((call) => subscribeTenant(call, args)),
      unsubscribeTenant: (_, args: MutationUnsubscribeTenantArgs, context) => context.write((call) => unsubscribeTenant(call, args)),
    },
  },
};
