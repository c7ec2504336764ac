/** Operations of the Provisioner, followed to their end. */
import type { Client } from '../client/client.ts';
import { type OperationDetailsFragment, RuntimeOperationDocument } from '../client/provisioner.generated.ts';
import { Failure } from './failure.ts';
import { until } from './wait.ts';

/** The operation when it has succeeded. `timeout` in milliseconds. @throws Failure operation_failed, timed_out */
export async function finished(provisioner: Client, id: string, timeout: number): Promise<OperationDetailsFragment> {
  const operation = await until(
    async () => {
      const { operation: seen } = await provisioner.request(RuntimeOperationDocument, { id });
      return seen !== null && seen.state !== 'Pending' && seen.state !== 'InProgress' ? seen : undefined;
    },
    { what: `operation ${id}`, timeout },
  );
  if (operation.state === 'Failed')
    throw new Failure('operation_failed', operation.lastError?.errMessage ?? operation.message ?? `Operation ${id} failed.`, {
      details: { ...operation },
    });
  return operation;
}
