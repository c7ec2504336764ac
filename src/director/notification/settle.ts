/** What becomes of assignments that tell nobody: no call is waited for. */
import type { WriteCall } from '../call.ts';
import { finishOperation } from '../formation-assignment/operations.ts';
import type { FormationAssignmentRecord } from '../formation-assignment/records.ts';
import { changeOperations, storeCopy } from '../formation-assignment/rules.ts';

/** Makes it READY, keeping its configuration, and finishes its operation. */
export async function settle(call: WriteCall, copy: FormationAssignmentRecord): Promise<void> {
  if (copy.state !== 'READY') {
    const { error: _, ...rest } = copy;
    await storeCopy(call, { ...rest, state: 'READY' });
  }
  await changeOperations(call, copy.id, (stored) => finishOperation(call, stored));
}
