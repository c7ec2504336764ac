/** Scheduled operations (`reference: facts/security.md 7.1`). */
import type { Call, WriteCall } from '../call.ts';
import { DirectorError, notFound } from '../errors.ts';
import { type OperationRecord, operations } from './records.ts';

const DEFAULT_PRIORITY = 100;

/** @throws NotFound [object=operation] */
export async function requireOperation(call: Call, id: string): Promise<OperationRecord> {
  const record = await call.tx.get(operations, id);
  if (!record) throw notFound('operation');
  return record;
}

/** Has the operation done once more. @throws NotFound [object=operation], ErrorType(38) while it is under way */
export async function scheduleOperation(call: WriteCall, id: string, priority?: number | null): Promise<OperationRecord> {
  const record = await requireOperation(call, id);
  if (record.status === 'IN_PROGRESS') throw new DirectorError('ErrorType(38)', {}, `Operation with id "${id}" is in IN_PROGRESS status`);
  const scheduled: OperationRecord = { ...record, status: 'SCHEDULED', priority: priority ?? DEFAULT_PRIORITY, updatedAt: call.now() };
  await call.tx.put(operations, scheduled);
  return scheduled;
}
