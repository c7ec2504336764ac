/** Where applications send their events: to the gateway of a runtime that shares a formation with them (`reference: facts/runtimes.md 9`). */
import { normalizeName } from '../application/name.ts';
import type { ApplicationRecord } from '../application/records.ts';
import { requireOwnApplication } from '../application/rules.ts';
import { tenantOf, type Call, type WriteCall } from '../call.ts';
import { unclassified } from '../errors.ts';
import { runtimesSharedWith } from '../formation/participants/membership.ts';
import { withLabel, withoutLabel } from '../label/rules.ts';
import { runtimes, type RuntimeRecord } from '../runtime/records.ts';
import type { ApplicationEventingConfiguration, RuntimeEventingConfiguration } from '../schema/types.generated.ts';
import { sees } from '../tenant-access/rules.ts';
import { eventsURL, partsOf } from './gateway-url.ts';
import { markOf, runtimesMarkedFor } from './marks.ts';

const GATEWAY_LABEL = 'runtime_eventServiceUrl';

/** @throws UnclassifiedError for a label that is no URL */
export function runtimeEventing(runtime: RuntimeRecord): RuntimeEventingConfiguration {
  const url = runtime.labels[GATEWAY_LABEL] ?? '';
  if (typeof url !== 'string')
    throw unclassified(
      `while fetching eventing configuration for runtime: unable to cast label [key=${GATEWAY_LABEL}, runtimeID=${runtime.id}] value as a string`,
    );
  if (!partsOf(url)) throw unclassified(`while fetching eventing configuration for runtime: "${url}" is not a URL`);
  return { defaultURL: url };
}

const normalizesNames = ({ labels }: RuntimeRecord) => !Object.hasOwn(labels, 'isNormalized') || labels.isNormalized === 'true';

function eventingBy(runtime: RuntimeRecord | undefined, application: ApplicationRecord, suffix = ''): ApplicationEventingConfiguration {
  if (!runtime) return { defaultURL: '' };
  const name = `${normalizesNames(runtime) ? normalizeName(application.name) : application.name}${suffix}`;
  return { defaultURL: eventsURL(runtimeEventing(runtime).defaultURL, name) };
}

/** As the application reads it: with its system number behind the name. */
const eventingRead = (runtime: RuntimeRecord | undefined, application: ApplicationRecord) =>
  eventingBy(runtime, application, application.systemNumber ? `-${application.systemNumber}` : '');

async function markedRuntimes(call: Call, application: ApplicationRecord): Promise<RuntimeRecord[]> {
  const tenant = tenantOf(call);
  const marked = await runtimesMarkedFor(call, application.id);
  return marked.filter((runtime) => sees(runtime, tenant));
}

interface Candidates {
  /** Runtimes that carry the mark, rightly or not any more. */
  readonly marked: readonly RuntimeRecord[];
  /** Runtimes that share a formation of the calling tenant with the application. */
  readonly sharing: readonly RuntimeRecord[];
}

async function candidates(call: Call, application: ApplicationRecord): Promise<Candidates> {
  return { marked: await markedRuntimes(call, application), sharing: await runtimesSharedWith(call, application, tenantOf(call)) };
}

const isAmong = (runtime: RuntimeRecord, list: readonly RuntimeRecord[]) => list.some(({ id }) => id === runtime.id);

const oldest = (list: readonly RuntimeRecord[]): RuntimeRecord | undefined =>
  list.reduce<RuntimeRecord | undefined>((found, runtime) => (!found || runtime.createdAt < found.createdAt ? runtime : found), undefined);

/** Marks that runtime and no other. */
async function markOnly(
  call: WriteCall,
  application: ApplicationRecord,
  marked: readonly RuntimeRecord[],
  chosen?: RuntimeRecord,
): Promise<void> {
  const mark = markOf(application.id);
  for (const runtime of marked)
    if (runtime.id !== chosen?.id) await call.tx.put(runtimes, { ...runtime, labels: withoutLabel(runtime.labels, mark) });
  if (chosen && !isAmong(chosen, marked)) await call.tx.put(runtimes, { ...chosen, labels: withLabel(chosen.labels, mark, 'true') });
}

/** The application's address where nothing is to be decided; undefined where a runtime is to be marked or unmarked first. */
export async function settledEventing(call: Call, application: ApplicationRecord): Promise<ApplicationEventingConfiguration | undefined> {
  const { marked, sharing } = await candidates(call, application);
  const inUse = marked.filter((runtime) => isAmong(runtime, sharing));
  if (inUse.length === 1 && marked.length === 1) return eventingRead(inUse[0], application);
  return marked.length === 0 && sharing.length === 0 ? eventingRead(undefined, application) : undefined;
}

/** Fixes the application's runtime: the marked one while it shares a formation, else the oldest that does. */
export async function settleEventing(call: WriteCall, application: ApplicationRecord): Promise<ApplicationEventingConfiguration> {
  const { marked, sharing } = await candidates(call, application);
  const chosen = marked.find((runtime) => isAmong(runtime, sharing)) ?? oldest(sharing);
  await markOnly(call, application, marked, chosen);
  return eventingRead(chosen, application);
}

/** @throws NotFound [object=application]; UnclassifiedError for a runtime that shares no formation with it */
export async function setDefaultEventing(
  call: WriteCall,
  applicationID: string,
  runtimeID: string,
): Promise<ApplicationEventingConfiguration> {
  const application = await requireOwnApplication(call, applicationID);
  const { marked, sharing } = await candidates(call, application);
  const chosen = sharing.find(({ id }) => id === runtimeID);
  if (!chosen)
    throw unclassified(
      `while setting eventing cofiguration for application: does not find the given runtime [ID=${runtimeID}] assigned to the application scenarios`,
    );
  await markOnly(call, application, marked, chosen);
  return eventingBy(chosen, application);
}

/** Answers the address until now. @throws NotFound [object=application] */
export async function deleteDefaultEventing(call: WriteCall, applicationID: string): Promise<ApplicationEventingConfiguration> {
  const application = await requireOwnApplication(call, applicationID);
  const marked = await markedRuntimes(call, application);
  await markOnly(call, application, marked);
  return eventingBy(marked[0], application);
}
