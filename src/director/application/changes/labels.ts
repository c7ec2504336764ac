/** Labels of applications set and taken away by hand (`reference: facts/applications.md 4`). */
import { tenantOf, type WriteCall } from '../../call.ts';
import { isNeighbour } from '../../consumer/neighbour.ts';
import { invalidOperation, notFound } from '../../errors.ts';
import { requireRightToSet } from '../../label/owner.ts';
import { checkLabelInput, SCENARIOS, shownLabels, withLabel, withoutLabel } from '../../label/rules.ts';
import { requireOwner } from '../../tenant-access/rules.ts';
import { applications } from '../records.ts';
import { findApplication } from '../rules.ts';

export interface Label {
  readonly key: string;
  readonly value: unknown;
}

/** @throws NotFound with the id, TenantRequired */
async function labelledApplication(call: WriteCall, id: string) {
  const record = await findApplication(call, id);
  if (!record || isNeighbour(call, 'application', id)) throw notFound('application', id);
  return record;
}

/** Sets or replaces one label. @throws InvalidData of LabelInput, NotFound, InvalidOperation for `scenarios`, and what `requireRightToSet` throws */
export async function setApplicationLabel(call: WriteCall, id: string, key: string, value: unknown): Promise<Label> {
  checkLabelInput(key, value);
  const record = await labelledApplication(call, id);
  if (key === SCENARIOS) throw invalidOperation(`label with key ${SCENARIOS} cannot be set explicitly`);
  requireRightToSet('application', record, tenantOf(call), key);
  await call.tx.put(applications, { ...record, labels: withLabel(record.labels, key, value) });
  return { key, value };
}

/** Answers the label as it was. @throws NotFound [object=applicationLabel], InvalidOperation for `scenarios`, Unauthorized for tenants that only read it */
export async function deleteApplicationLabel(call: WriteCall, id: string, key: string): Promise<Label> {
  const record = await labelledApplication(call, id);
  const shown = shownLabels(record, tenantOf(call));
  if (!Object.hasOwn(shown, key)) throw notFound('applicationLabel');
  if (key === SCENARIOS) throw invalidOperation(`label with key ${SCENARIOS} cannot be deleted explicitly`);
  requireOwner(record, tenantOf(call));
  await call.tx.put(applications, { ...record, labels: withoutLabel(record.labels, key) });
  return { key, value: record.labels[key] };
}
