/** Two records of one system become one (`reference: facts/applications.md 2.11`). */
import { isObject } from '../../../text/json.ts';
import { applicationTemplates } from '../../application-template/records.ts';
import { SELF_REGISTRATION_LABEL } from '../../application-template/labels.ts';
import { tenantOf, type WriteCall } from '../../call.ts';
import { invalidOperation } from '../../errors.ts';
import { scenariosOf } from '../../formation/participants/membership.ts';
import type { Labels } from '../../label/records.ts';
import { type ApplicationRecord, applications } from '../records.ts';
import { removeApplication, requireChangeableApplication } from '../rules.ts';
import { requireNoFormation } from './unregister.ts';

/** What is missing is taken from the other; objects that both have are merged in the same way, everything else stays as it is. */
function completed(kept: Labels, other: Labels): Labels {
  const both = (key: string, value: unknown) => {
    const own = kept[key];
    return isObject(own) && isObject(value) ? completed(own, value) : own;
  };
  const others = Object.entries(other).map(([key, value]) => [key, Object.hasOwn(kept, key) ? both(key, value) : value] as const);
  return { ...kept, ...Object.fromEntries(others) };
}

/** What the label `managed` says, in any form that a truth value is written in. @throws InvalidOperation for anything else */
function isManaged({ managed = 'false' }: Labels): boolean {
  if (typeof managed === 'string' && /^(?:1|t|T|true|TRUE|True)$/.test(managed)) return true;
  if (typeof managed === 'string' && /^(?:0|f|F|false|FALSE|False)$/.test(managed)) return false;
  throw invalidOperation('applications whose label "managed" is neither "true" nor "false" cannot be merged');
}

function mergedLabels(destination: Labels, source: Labels): Labels {
  const labels = completed(destination, source);
  const managed = [source, labels].map(isManaged).includes(true);
  return managed ? { ...labels, managed: 'true' } : labels;
}

const address = (record: ApplicationRecord) => (record.baseUrl ?? '').replace(/\/$/, '');

/** @throws InvalidOperation where the two are not records of one system, or the duplicate is in use */
async function checkMerge(call: WriteCall, destination: ApplicationRecord, source: ApplicationRecord): Promise<void> {
  const refused = (reason: string) => invalidOperation(`applications ${destination.id} and ${source.id} cannot be merged: ${reason}`);
  if (address(destination) === '' || address(destination) !== address(source)) throw refused('they do not have the same base URL');
  const templateID = destination.applicationTemplateID;
  if (!templateID || templateID !== source.applicationTemplateID) throw refused('they are not of the same application template');
  const template = await call.tx.get(applicationTemplates, templateID);
  if (template && Object.hasOwn(template.labels, SELF_REGISTRATION_LABEL))
    throw refused('systems of their application template register themselves');
  if (source.status.condition !== 'INITIAL') throw refused(`the status of ${source.id} is ${source.status.condition}, not INITIAL`);
  if (scenariosOf(destination, tenantOf(call)).length === 0) throw refused(`${destination.id} is in no formation`);
}

/** Fills the destination up with what the source has, and removes the source. @throws NotFound, Unauthorized, InvalidOperation */
export async function mergeApplications(call: WriteCall, destinationID: string, sourceID: string): Promise<ApplicationRecord> {
  const source = await requireChangeableApplication(call, sourceID);
  requireNoFormation(source, tenantOf(call));
  const destination = await requireChangeableApplication(call, destinationID);
  await checkMerge(call, destination, source);
  const result: ApplicationRecord = { ...source, ...definedOf(destination), labels: mergedLabels(destination.labels, source.labels) };
  await removeApplication(call, source);
  await call.tx.put(applications, result);
  return result;
}

const definedOf = (record: ApplicationRecord) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as unknown as ApplicationRecord;
