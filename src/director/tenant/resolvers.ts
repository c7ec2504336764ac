import type { Concept } from '../concept.ts';
import { pickLabel } from '../label/rules.ts';
import type {
  MutationDeleteTenantsArgs,
  MutationSetTenantLabelArgs,
  MutationUpdateTenantArgs,
  MutationWriteTenantArgs,
  MutationWriteTenantsArgs,
  QueryRootTenantsArgs,
  QueryTenantByExternalIdArgs,
  QueryTenantByInternalIdArgs,
  QueryTenantsArgs,
  TenantLabelsArgs,
} from '../schema/types.generated.ts';
import { tenants, type TenantRecord } from './records.ts';
import { deleteTenants } from './removal.ts';
import { requireTenant, requireTenantByExternalID } from './rules.ts';
import { listTenants, rootTenants } from './search.ts';
import { setTenantLabel, updateTenant } from './update.ts';
import { writeTenant, writeTenants } from './writing.ts';

export const tenant: Concept = {
  collections: [tenants],
  resolvers: {
    Query: {
      tenants: (_, args: QueryTenantsArgs, { call }) => listTenants(call, args),
      tenantByExternalID: (_, args: QueryTenantByExternalIdArgs, { call }) => requireTenantByExternalID(call, args.id),
      tenantByInternalID: (_, args: QueryTenantByInternalIdArgs, { call }) => requireTenant(call, args.id),
      rootTenants: (_, args: QueryRootTenantsArgs, { call }) => rootTenants(call, args.externalTenant),
    },
    Mutation: {
      setTenantLabel: (_, args: MutationSetTenantLabelArgs, context) =>
        context.write((call) => setTenantLabel(call, args.tenantID, args.key, args.value)),
      writeTenants: (_, args: MutationWriteTenantsArgs, context) => context.write((call) => writeTenants(call, args.in ?? [])),
      writeTenant: (_, args: MutationWriteTenantArgs, context) => context.write((call) => writeTenant(call, args.in)),
      deleteTenants: (_, args: MutationDeleteTenantsArgs, context) => context.write((call) => deleteTenants(call, args.in ?? [])),
      updateTenant: (_, args: MutationUpdateTenantArgs, context) => context.write((call) => updateTenant(call, args.id, args.in)),
    },
    Tenant: {
      id: (shown: TenantRecord) => shown.externalID,
      internalID: (shown: TenantRecord) => shown.id,
      labels: (shown: TenantRecord, { key }: TenantLabelsArgs) => pickLabel(shown.labels, key),
    },
  },
};
