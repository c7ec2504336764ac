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
      // the wire takes the kind as `id` and the id as `resource` (facts/security.md 9)
      tenantByLowestOwnerForResource: (_, { id: kind, resource: id }: QueryTenantByLowestOwnerForResourceArgs, { call }) =>
        lowestOwner(call, id, kind),
    },
    Mutation: {
      addTenantAccess: (_, args: MutationAddTenantAccessArgs, context) => context.write((call) => addTenantAccess(call, args.in)),
      removeTenantAccess: (_, args: MutationRemoveTenantAccessArgs, context) =>
        context.write((call) => removeTenantAccess(call, args.tenantID, args.resourceID, args.resourceType)),
    },
  },
};
