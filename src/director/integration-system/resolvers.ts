import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import type {
  MutationRegisterIntegrationSystemArgs,
  MutationUnregisterIntegrationSystemArgs,
  MutationUpdateIntegrationSystemArgs,
  QueryIntegrationSystemArgs,
  QueryIntegrationSystemsArgs,
} from '../schema/types.generated.ts';
import { systemAuthsOf } from '../system-auth/rules.ts';
import { type IntegrationSystemRecord, integrationSystems } from './records.ts';
import { inputFaults } from './input.ts';
import {
  findIntegrationSystem,
  listIntegrationSystems,
  registerIntegrationSystem,
  unregisterIntegrationSystem,
  updateIntegrationSystem,
} from './rules.ts';

export const integrationSystem: Concept = {
  resolvers: {
    Query: {
      integrationSystem: (_: unknown, { id }: QueryIntegrationSystemArgs, { call }: DirectorContext) => findIntegrationSystem(call, id),
      integrationSystems: (_: unknown, args: QueryIntegrationSystemsArgs, { call }: DirectorContext) => listIntegrationSystems(call, args),
    },
    Mutation: {
      registerIntegrationSystem: (_: unknown, args: MutationRegisterIntegrationSystemArgs, ctx: DirectorContext) =>
        ctx.write((call) => registerIntegrationSystem(call, args.in)),
      updateIntegrationSystem: (_: unknown, args: MutationUpdateIntegrationSystemArgs, ctx: DirectorContext) =>
        ctx.write((call) => updateIntegrationSystem(call, args.id, args.in)),
      unregisterIntegrationSystem: (_: unknown, { id }: MutationUnregisterIntegrationSystemArgs, ctx: DirectorContext) =>
        ctx.write((call) => unregisterIntegrationSystem(call, id)),
    },
    IntegrationSystem: {
      auths: ({ id }: IntegrationSystemRecord, _: unknown, { call }: DirectorContext) => systemAuthsOf(call, 'integrationSystem', id),
    },
  },
  validators: { IntegrationSystemInput: inputFaults },
  collections: [integrationSystems],
};
