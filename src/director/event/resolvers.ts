import type { ApplicationRecord } from '../application/records.ts';
import type { BundleRecord } from '../bundle/records.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import type {
  ApplicationEventDefinitionArgs,
  BundleEventDefinitionArgs,
  BundleEventDefinitionsArgs,
  MutationAddEventDefinitionToApplicationArgs,
  MutationAddEventDefinitionToBundleArgs,
  MutationDeleteEventDefinitionArgs,
  MutationRefetchEventDefinitionSpecArgs,
  MutationUpdateEventDefinitionArgs,
  MutationUpdateEventDefinitionForApplicationArgs,
  QueryEventsForApplicationArgs,
} from '../schema/types.generated.ts';
import { fetchPending, fetchSpec } from '../spec/fetch.ts';
import { specView } from '../spec/rules.ts';
import { eventFaults } from './input.ts';
import { type EventDefinitionRecord, eventDefinitions } from './records.ts';
import {
  addEventToApplication,
  addEventToBundle,
  deleteEvent,
  eventsOfApplication,
  eventsOfBundle,
  findEvent,
  findEventOfAnyBundle,
  findEventOfApplication,
  requireEventSpec,
  updateEvent,
  updateEventForApplication,
} from './rules.ts';

/** The event as it is stored when its spec has been fetched; as it was where it is gone by then. */
async function fetched(ctx: DirectorContext, event: EventDefinitionRecord): Promise<EventDefinitionRecord> {
  await fetchPending(ctx, event.applicationID);
  return (await findEvent(ctx.call, event.id)) ?? event;
}

export const event: Concept = {
  collections: [eventDefinitions],
  validators: { EventDefinitionInput: eventFaults },
  resolvers: {
    Query: {
      eventsForApplication: (_, args: QueryEventsForApplicationArgs, { call }) => eventsOfApplication(call, args.appID, args),
    },
    Mutation: {
      addEventDefinitionToBundle: async (_, args: MutationAddEventDefinitionToBundleArgs, ctx) =>
        fetched(ctx, await ctx.write((call) => addEventToBundle(call, args.bundleID, args.in))),
      addEventDefinitionToApplication: async (_, args: MutationAddEventDefinitionToApplicationArgs, ctx) =>
        fetched(ctx, await ctx.write((call) => addEventToApplication(call, args.appID, args.in))),
      updateEventDefinition: async (_, args: MutationUpdateEventDefinitionArgs, ctx) =>
        fetched(ctx, await ctx.write((call) => updateEvent(call, args.id, args.in))),
      updateEventDefinitionForApplication: async (_, args: MutationUpdateEventDefinitionForApplicationArgs, ctx) =>
        fetched(ctx, await ctx.write((call) => updateEventForApplication(call, args.id, args.in))),
      deleteEventDefinition: (_, args: MutationDeleteEventDefinitionArgs, ctx) => ctx.write((call) => deleteEvent(call, args.id)),
      refetchEventDefinitionSpec: async (_, args: MutationRefetchEventDefinitionSpecArgs, ctx) => {
        await fetchSpec(ctx, eventDefinitions, await requireEventSpec(ctx.call, args.eventID));
        return specView(await requireEventSpec(ctx.call, args.eventID));
      },
    },
    EventDefinition: { spec: specView },
    Application: {
      eventDefinition: (application: ApplicationRecord, args: ApplicationEventDefinitionArgs, { call }: DirectorContext) =>
        findEventOfApplication(call, application.id, args.id),
    },
    Bundle: {
      eventDefinition: (_: BundleRecord, args: BundleEventDefinitionArgs, { call }: DirectorContext) => findEventOfAnyBundle(call, args.id),
      eventDefinitions: (bundle: BundleRecord, args: BundleEventDefinitionsArgs, { call }: DirectorContext) =>
        eventsOfBundle(call, bundle.id, args),
    },
  },
};
