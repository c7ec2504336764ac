/** Labels of runtimes: which are kept from the callers' hands, and how single ones are set (`reference: facts/runtimes.md 2.1, 2.6`). */
import { tenantOf, type WriteCall } from '../call.ts';
import { invalidData, notFound, unclassified } from '../errors.ts';
import { scenariosOf } from '../formation/participants/membership.ts';
import { requireRightToSet } from '../label/owner.ts';
import type { Labels } from '../label/records.ts';
import { checkLabelInput, shownLabels, withLabel, withoutLabel } from '../label/rules.ts';
import { requireOwner } from '../tenant-access/rules.ts';
import { runtimes, type RuntimeRecord } from './records.ts';
import { findRuntimeToChange } from './rules.ts';

const IMMUTABLE = new Set(['runtimeType', 'xsappnameCMPClone', 'CMPSaaSAppName']);

/** Marks of the eventing rules: nobody sees, sets or deletes them by hand. */
const isProtected = (key: string): boolean => key.includes('_defaultEventing');

/** Keys that stay as they are whatever a caller sends. */
const isUnmodifiable = (key: string): boolean => isProtected(key) || IMMUTABLE.has(key);

const keep = (labels: Labels, wanted: (key: string) => boolean): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([key]) => wanted(key)));

/** What is left of the labels when an update replaces them. */
export const unmodifiableLabels = (labels: Labels): Labels => keep(labels, isUnmodifiable);

/** Characters: longer keys are not refused with the rest of the input, but where they would be stored. */
const LONGEST_KEY = 256;

/** The labels of an input as they are stored: without the unmodifiable ones, with isNormalized. @throws UnclassifiedError for a null, InvalidData for a key that is too long */
export function labelsFromInput(given: Labels | null | undefined): Labels {
  const labels = keep(given ?? {}, (key) => !isUnmodifiable(key));
  const empty = Object.keys(labels).find((key) => labels[key] === null && key !== 'isNormalized');
  if (empty !== undefined) throw unclassified(`value of label ${empty} cannot be null`);
  if (Object.keys(labels).some((key) => key.length > LONGEST_KEY))
    throw invalidData(`the key of a label must be no more than ${LONGEST_KEY} characters`);
  return { ...labels, isNormalized: labels.isNormalized ?? 'true' };
}

/** @throws UnclassifiedError, as memberships come by formations alone */
export function refuseScenarios(labels: Labels | null | undefined): void {
  if (labels && Object.hasOwn(labels, 'scenarios')) throw unclassified('label with key scenarios cannot be set explicitly');
}

/** Names of the tenant's formations that the labels of the runtime show: those that it is in, less those that an update has wiped. */
export function listedScenarios(runtime: RuntimeRecord, tenant: string): readonly string[] {
  const names = scenariosOf(runtime, tenant);
  const unlisted = runtime.unlisted?.[tenant];
  return unlisted?.length ? names.filter((name) => !unlisted.includes(name)) : names;
}

const labelsFor = (runtime: RuntimeRecord, tenant: string | undefined): Labels =>
  shownLabels(
    tenant === undefined ? runtime : { labels: runtime.labels, scenarios: { [tenant]: listedScenarios(runtime, tenant) } },
    tenant,
  );

/** The labels as that tenant sees them. */
export const visibleLabels = (runtime: RuntimeRecord, tenant: string | undefined): Labels =>
  keep(labelsFor(runtime, tenant), (key) => !isProtected(key));

/** Wipes the label `scenarios` of that tenant; the runtime stays in its formations. */
export const withoutListedScenarios = (runtime: RuntimeRecord, tenant: string): RuntimeRecord => {
  const names = scenariosOf(runtime, tenant);
  return names.length > 0 ? { ...runtime, unlisted: { ...runtime.unlisted, [tenant]: names } } : runtime;
};

/** When the runtime has left that formation: should it come back, the label shows it again. */
export function withScenarioRelisted(runtime: RuntimeRecord, tenant: string, name: string): RuntimeRecord {
  const unlisted = runtime.unlisted?.[tenant];
  return unlisted ? { ...runtime, unlisted: { ...runtime.unlisted, [tenant]: unlisted.filter((other) => other !== name) } } : runtime;
}

async function labelledRuntime(call: WriteCall, id: string): Promise<RuntimeRecord> {
  const runtime = await findRuntimeToChange(call, id);
  if (!runtime) throw unclassified(`Runtime with ID ${id} doesn't exist`);
  return runtime;
}

export async function setRuntimeLabel(call: WriteCall, id: string, key: string, value: unknown): Promise<{ key: string; value: unknown }> {
  checkLabelInput(key, value);
  const tenant = tenantOf(call);
  const runtime = await labelledRuntime(call, id);
  if (isUnmodifiable(key)) throw invalidData(`could not set unmodifiable label with key ${key}`);
  refuseScenarios({ [key]: value });
  requireRightToSet('runtime', runtime, tenant, key);
  await call.tx.put(runtimes, { ...runtime, labels: withLabel(runtime.labels, key, value) });
  return { key, value };
}

/** Answers the label as it was. */
export async function deleteRuntimeLabel(call: WriteCall, id: string, key: string): Promise<{ key: string; value: unknown }> {
  const tenant = tenantOf(call);
  const runtime = await labelledRuntime(call, id);
  const shown = labelsFor(runtime, tenant);
  if (!Object.hasOwn(shown, key)) throw notFound('runtimeLabel');
  if (isUnmodifiable(key)) throw invalidData(`could not delete unmodifiable label with key ${key}`);
  if (key === 'scenarios') throw unclassified('label with key scenarios cannot be deleted explicitly');
  requireOwner(runtime, tenant);
  await call.tx.put(runtimes, { ...runtime, labels: withoutLabel(runtime.labels, key) });
  return { key, value: shown[key] };
}
