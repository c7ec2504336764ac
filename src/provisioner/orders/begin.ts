/** How operations begin; the rest is the worker's (`reference: facts/provisioner.md 5, 6`). */
import type { WriteTx } from '../../registry/contract.ts';
import type { ProvisionerCall } from '../call.ts';
import { badRequest } from '../errors.ts';
import type { OperationKind } from '../operations/stages.ts';
import { firstStage } from '../profiles.ts';
import { provisioningOperations, type OperationRecord } from '../records.ts';

/** Begins an operation in a transaction; only one at a time for a runtime. @throws ProvisionerError */
export async function begin(
  tx: WriteTx,
  call: ProvisionerCall,
  runtimeId: string,
  operation: OperationKind,
  part: Partial<OperationRecord>,
): Promise<OperationRecord> {
  await checkIdle(tx, runtimeId);
  const now = call.now();
  const record: OperationRecord = {
    id: call.newId(),
    runtimeId,
    operation,
    profile: call.options.profile,
    state: 'InProgress',
    message: '',
    stage: firstStage(operation, call.options),
    stageSince: now,
    startedAt: now,
    ...part,
  };
  const event = { at: now, stage: record.stage, message: record.message };
  await tx.put(provisioningOperations, { ...record, events: [event] });
  return record;
}

/** @throws ProvisionerError where an operation of that runtime is under way */
export async function checkIdle(tx: Pick<WriteTx, 'find'>, runtimeId: string): Promise<void> {
  const known = await tx.find(provisioningOperations, 'runtime', runtimeId);
  if (known.some(({ state }) => state === 'InProgress'))
    throw badRequest(`cannot start new operation for ${runtimeId} Runtime while previous one is in progress`);
}

/** Begins an operation with all that goes with it in one transaction, and hands it to the worker. @throws what the work throws: then nothing is begun */
export async function started(
  call: ProvisionerCall,
  name: string,
  work: (tx: WriteTx) => Promise<OperationRecord>,
): Promise<OperationRecord> {
  const operation = await call.options.registry.write(about(call, name), work);
  call.begun(operation.id);
  return operation;
}

/** Who writes, and for what: kept with the change. */
export const about = (call: ProvisionerCall, operation: string) => ({
  by: 'provisioner',
  operation: `${operation} for ${call.tenant ?? 'nobody'}`,
});
