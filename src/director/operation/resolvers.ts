import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import type { MutationScheduleOperationArgs, QueryOperationArgs } from '../schema/types.generated.ts';
import { operations } from './records.ts';
import { requireOperation, scheduleOperation } from './rules.ts';

export const operation: Concept = {
  resolvers: {
    Query: { operation: (_: unknown, { id }: QueryOperationArgs, { call }: DirectorContext) => requireOperation(call, id) },
    Mutation: {
      scheduleOperation: (_: unknown, { operationID, priority }: MutationScheduleOperationArgs, ctx: DirectorContext) =>
        ctx.write((call) => scheduleOperation(call, operationID, priority)),
    },
  },
  collections: [operations],
};
