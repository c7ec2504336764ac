import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import { assignmentOf, pageOfAssignments } from '../formation-assignment/rules.ts';
import type {
  FormationFormationAssignmentArgs,
  FormationFormationAssignmentsArgs,
  MutationAssignFormationArgs,
  MutationCreateFormationArgs,
  MutationDeleteFormationArgs,
  MutationFinalizeDraftFormationArgs,
  MutationResynchronizeFormationNotificationsArgs,
  MutationUnassignFormationArgs,
  MutationUnassignFormationGlobalArgs,
  QueryFormationArgs,
  QueryFormationByNameArgs,
  QueryFormationsArgs,
  QueryFormationsForObjectArgs,
} from '../schema/types.generated.ts';
import { deliveries } from '../notification/deliveries/deliveries.ts';
import { tickets } from '../notification/outbox.ts';
import { assignFormation, unassignFormation } from './assigning/assign-and-tell.ts';
import { createAndTell, deleteAndTell } from './lifecycle/create-and-delete.ts';
import { type FormationRecord, formations } from './records.ts';
import { finalizeDraft, resynchronize } from './resync/resync.ts';
import * as rules from './rules.ts';
import { statusOf } from './state.ts';

const NO_ERROR = { message: '', errorCode: 0 };

export const formation: Concept = {
  collections: [formations, tickets, deliveries],
  resolvers: {
    Query: {
      formation: (_, { id }: QueryFormationArgs, ctx) => rules.requireFormation(ctx.call, id),
      formationByName: (_, { name }: QueryFormationByNameArgs, ctx) => rules.requireFormationByName(ctx.call, name),
      formations: (_, args: QueryFormationsArgs, ctx) => rules.listFormations(ctx.call, args),
      formationsForObject: (_, { objectID }: QueryFormationsForObjectArgs, ctx) => rules.formationsForObject(ctx.call, objectID),
    },
    Mutation: {
      createFormation: (_, args: MutationCreateFormationArgs, ctx) => createAndTell(ctx, args.formation),
      deleteFormation: (_, args: MutationDeleteFormationArgs, ctx) => deleteAndTell(ctx, args.formation),
      assignFormation: (_, { formation: { name }, ...request }: MutationAssignFormationArgs, ctx) =>
        assignFormation(ctx, (call) => rules.requireFormationByName(call, name), request, request.initialConfigurations ?? []),
      unassignFormation: (_, { formation: { name }, ...request }: MutationUnassignFormationArgs, ctx) =>
        unassignFormation(ctx, (call) => rules.requireFormationByName(call, name), request),
      unassignFormationGlobal: (_, { formation: id, ...request }: MutationUnassignFormationGlobalArgs, ctx) =>
        unassignFormation(ctx, (call) => rules.requireFormationGlobally(call, id), request),
      resynchronizeFormationNotifications: (_, { formationID, reset }: MutationResynchronizeFormationNotificationsArgs, ctx) =>
        resynchronize(ctx, formationID, reset ?? false),
      finalizeDraftFormation: (_, { formationID }: MutationFinalizeDraftFormationArgs, ctx) => finalizeDraft(ctx, formationID),
    },
    Formation: {
      tenantID: ({ tenant }: FormationRecord) => tenant,
      error: ({ error }: FormationRecord) => error ?? NO_ERROR,
      status: (formation: FormationRecord, _, ctx: DirectorContext) => statusOf(ctx.call, formation),
      formationAssignment: ({ id }: FormationRecord, args: FormationFormationAssignmentArgs, ctx: DirectorContext) =>
        assignmentOf(ctx.call, id, args.id),
      formationAssignments: ({ id }: FormationRecord, args: FormationFormationAssignmentsArgs, ctx: DirectorContext) =>
        pageOfAssignments(ctx.call, id, args),
    },
  },
};
