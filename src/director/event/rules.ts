/** Event definitions: of an application, and perhaps of a bundle (`reference: facts/bundles.md 5`). */
import { type Awaitable, andThen } from '../../registry/contract.ts';
import { lookUpApplication } from '../application/find.ts';
import { lookUp, requireChangeable, requireParentApplication, seenToChange } from '../bundle/access.ts';
import { listed, nothingListed } from '../bundle/lists.ts';
import { bundles } from '../bundle/records.ts';
import type { Call, WriteCall } from '../call.ts';
import { DirectorError, invalidData, notFound } from '../errors.ts';
import type { Page, PageArguments } from '../page.ts';
import type { EventDefinitionInput } from '../schema/types.generated.ts';
import { specFromInput, versionFromInput } from '../spec/rules.ts';
import { givenText } from '../texts/text-rules.ts';
import { type EventDefinitionRecord, eventDefinitions } from './records.ts';

const KIND = 'eventDefinition';

/** What an input says of the event itself. */
const fieldsOf = (input: EventDefinitionInput) => ({
  name: input.name,
  description: givenText(input.description),
  group: givenText(input.group),
  version: versionFromInput(input.version),
});

/** A new event, not stored yet. @throws InvalidData for serialized texts of an auth that can not be read */
export function newEvent(
  call: Call,
  applicationID: string,
  bundleID: string | undefined,
  input: EventDefinitionInput,
): EventDefinitionRecord {
  return {
    id: call.newId(),
    applicationID,
    bundleIDs: bundleID === undefined ? [] : [bundleID],
    ...fieldsOf(input),
    ...specFromInput(call, input.spec),
    createdAt: call.now(),
  };
}

/** @throws InvalidData for a bundle that the caller does not see or knows as a neighbour's; Unauthorized where the application is not the caller's to change */
export async function addEventToBundle(call: WriteCall, bundleID: string, input: EventDefinitionInput): Promise<EventDefinitionRecord> {
  const draft = newEvent(call, '', bundleID, input);
  const bundle = await seenToChange(call, call.tx.get(bundles, bundleID));
  if (!bundle) throw invalidData('cannot add Event Definition to not existing Bundle');
  return store(call, { ...draft, applicationID: bundle.applicationID });
}

/** For an event of no bundle. @throws Unauthorized where the application is not the caller's to change */
export async function addEventToApplication(
  call: WriteCall,
  applicationID: string,
  input: EventDefinitionInput,
): Promise<EventDefinitionRecord> {
  return store(call, newEvent(call, applicationID, undefined, input));
}

async function store(call: WriteCall, event: EventDefinitionRecord): Promise<EventDefinitionRecord> {
  await requireParentApplication(call, event.applicationID, KIND);
  await call.tx.put(eventDefinitions, event);
  return event;
}

/** Replaces everything but the spec, where none is given. The creation is forgotten, as in the reference. */
async function update(
  call: WriteCall,
  id: string,
  input: EventDefinitionInput,
  check: (event: EventDefinitionRecord) => void,
): Promise<EventDefinitionRecord> {
  specFromInput(call, input.spec);
  const event = await requireChangeable(call, call.tx.get(eventDefinitions, id), KIND);
  check(event);
  const next = { ...event, ...fieldsOf(input), ...specFromInput(call, input.spec, event), createdAt: undefined };
  await call.tx.put(eventDefinitions, next);
  return next;
}

function requireLink(event: EventDefinitionRecord): void {
  if (event.bundleIDs.length === 0) throw notFound('bundleReference');
}

/** Changes an event of a bundle. @throws NotFound [object=bundleReference] for an event of no bundle */
export const updateEvent = (call: WriteCall, id: string, input: EventDefinitionInput) => update(call, id, input, requireLink);

/** Changes any event of the tenant, of a bundle or not. @throws NotFound, Unauthorized without ownership */
export const updateEventForApplication = (call: WriteCall, id: string, input: EventDefinitionInput) => update(call, id, input, () => {});

/** The deleted event, without its spec: that is read when it is gone. */
export async function deleteEvent(call: WriteCall, id: string): Promise<EventDefinitionRecord> {
  const event = await requireChangeable(call, call.tx.get(eventDefinitions, id), KIND);
  await call.tx.delete(eventDefinitions, id);
  return { ...event, spec: undefined, fetchRequest: undefined };
}

/** The event whose spec is to be fetched again. @throws NotFound without such an event or without a spec */
export async function requireEventSpec(call: Call, id: string): Promise<EventDefinitionRecord> {
  const event = await seenToChange(call, call.tx.get(eventDefinitions, id));
  if (!event?.spec) throw new DirectorError('NotFound', {}, `Object not found: spec for Event Definition with id "${id}" not found`);
  return requireChangeable(call, event, KIND);
}

/** The event, where the tenant sees its application. @throws NotFound for a text that is no id, TenantRequired */
export const findEvent = (call: Call, id: string): Awaitable<EventDefinitionRecord | undefined> => lookUp(call, eventDefinitions, id, KIND);

/** Any event of the tenant, whatever its bundle. @throws NotFound [object=bundleReference] for one of no bundle */
export function findEventOfAnyBundle(call: Call, id: string): Awaitable<EventDefinitionRecord | undefined> {
  return andThen(findEvent(call, id), (event) => {
    if (event) requireLink(event);
    return event;
  });
}

/** The event, where it is that application's. @throws NotFound for a text that is no id, TenantRequired */
export function findEventOfApplication(call: Call, applicationID: string, id: string): Awaitable<EventDefinitionRecord | undefined> {
  return andThen(findEvent(call, id), (event) => (event?.applicationID === applicationID ? event : undefined));
}

/** @throws InvalidData for a bad page */
export function eventsOfBundle(call: Call, bundleID: string, args: PageArguments): Awaitable<Page<EventDefinitionRecord>> {
  return listed(call, eventDefinitions, 'bundle', bundleID, args);
}

/** All events of an application, of bundles or not; an empty page where the tenant does not see it. */
export function eventsOfApplication(call: Call, applicationID: string, args: PageArguments): Awaitable<Page<EventDefinitionRecord>> {
  return andThen(lookUpApplication(call, applicationID), (application) =>
    application ? listed(call, eventDefinitions, 'application', applicationID, args) : nothingListed(args),
  );
}
