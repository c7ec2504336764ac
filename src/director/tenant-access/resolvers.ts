import type { Concept } from '../concept.ts';
import type {
  MutationAddTenantAccessArgs,
  MutationRemoveTenantAccessArgs,
  QueryTenantByLowestOwnerForResourceArgs,
} from '../schema/types.generated.ts';
import { addTenantAccess, lowestOwner, removeTenantAccess } from './sharing.ts';

export const tenantAccess: Concept = {
  resolvers: {
    Query: {
      tenantByLowestOwnerForResource: (_, args: QueryTenantByLowestOwnerForResourceArgs, { call }) =>
        lowestOwner(call, args.id, args.resource),
    },
    Mutation: {
      addTenantAccess: (_, args: MutationAddTenantAccessArgs, context) => context.write((call) => addTenantAccess(call, args.in)),
      removeTenantAccess: (_, args: MutationRemoveTenantAccessArgs, context) =>
        context.write((call) => removeTenantAccess(call, args.tenantID, args.resourceID, args.resourceType)),
    },
  },
};
