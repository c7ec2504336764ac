/** What a runtime sees of the applications (`reference: facts/applications.md 3.4`). */
import type { Awaitable } from '../../../registry/contract.ts';
import { type Call, tenantOf } from '../../call.ts';
import { invalidData, invalidOperation } from '../../errors.ts';
import { applicationsSharedWith, scenariosOf } from '../../formation/participants/membership.ts';
import { contains } from '../../label/filter.ts';
import { EMPTY_PAGE, type Page, type PageArguments, pageOfSorted } from '../../page.ts';
import { listedScenarios } from '../../runtime/labels.ts';
import { findRuntime } from '../../runtime/rules.ts';
import type { RuntimeRecord } from '../../runtime/records.ts';
import { normalizeName } from '../name.ts';
import type { ApplicationRecord } from '../records.ts';
import { findApplication } from '../rules.ts';

/** The label by which an application is kept out of runtimes' lists. */
const HIDE = { key: 'applicationHideSelectorKey', value: 'applicationHideSelectorValue' };

const isHidden = (record: ApplicationRecord) => Object.hasOwn(record.labels, HIDE.key) && contains(record.labels[HIDE.key], HIDE.value);

/** Whether applications have their normalised names for this runtime. */
const wantsNormalised = (runtime: RuntimeRecord) => (runtime.labels['isNormalized'] ?? 'true') === 'true';

/** `mp-shop`, with the system number behind it where there is one. */
const nameForRuntime = (record: ApplicationRecord) =>
  `${normalizeName(record.name)}${record.systemNumber ? `-${record.systemNumber}` : ''}`;

/**
 * Applications that share a formation of the calling tenant with the runtime, by id; pages of any size.
 * @throws InvalidData for runtimes that the tenant does not see, and for bad pages
 */
export async function listApplicationsForRuntime(
  call: Call,
  runtimeID: string,
  args: PageArguments,
  names: 'plain' | 'normalised',
): Promise<Page<ApplicationRecord>> {
  if (args.first === null || args.first === undefined) throw invalidData("missing required parameter 'first'");
  const tenant = tenantOf(call);
  const runtime = await findRuntime(call, runtimeID);
  if (!runtime) throw invalidData('runtime does not exist');
  if (scenariosOf(runtime, tenant).length === 0) return EMPTY_PAGE;
  const shared = (await applicationsSharedWith(call, runtime, tenant))
    .filter((record) => !isHidden(record))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const page = await pageOfSorted(shared, args, null);
  if (names === 'plain' || !wantsNormalised(runtime)) return page;
  return { ...page, data: page.data.map((record) => ({ ...record, name: nameForRuntime(record) })) };
}

/** A runtime opens only the applications with which it shares a formation of the calling tenant, by what its labels show. @throws InvalidOperation, also for unknown ones */
export function checkSharedFormation(call: Call, applicationID: string): Awaitable<void> {
  const { type, id } = call.caller.consumer;
  return type === 'Runtime' ? requireSharedFormation(call, applicationID, id) : undefined;
}

/** @throws InvalidOperation for a runtime that shares no formation of the calling tenant with the application, or where there is no such one */
export async function requireSharedFormation(call: Call, applicationID: string, runtimeID: string): Promise<void> {
  const tenant = tenantOf(call);
  const [application, runtime] = [await findApplication(call, applicationID), await findRuntime(call, runtimeID)];
  const shared =
    application && runtime ? scenariosOf(application, tenant).filter((name) => listedScenarios(runtime, tenant).includes(name)) : [];
  if (shared.length === 0) throw invalidOperation('requesting runtime should be in same scenario as the requested application resource');
}
