/** Who may set the labels of an object (`reference: facts/runtimes.md 2.6`). */
import { invalidOperation, unauthorized } from '../errors.ts';
import type { Accessible } from '../tenant-access/records.ts';
import { owns } from '../tenant-access/rules.ts';
import type { Labels } from './records.ts';

interface Labelled extends Accessible {
  readonly id: string;
  readonly labels: Labels;
}

/** A label that is there is updated, which is refused in other words than a new one. @throws InvalidOperation, Unauthorized for tenants that only see the object */
export function requireRightToSet(kind: 'application' | 'runtime', object: Labelled, tenant: string, key: string): void {
  if (owns(object, tenant)) return;
  if (Object.hasOwn(object.labels, key)) throw invalidOperation('entity does not exist or caller tenant does not have owner access');
  throw unauthorized(
    `Tenant ${tenant} does not have access to the parent of the currently created ${kind}Label: tenant ${tenant} does not have access to the parent resource ${kind} with ID ${object.id}`,
  );
}
