/** What is done when an operation has failed: the Director learns that its runtime did (`reference: facts/provisioner.md 8`). */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProvisionerOptions } from '../call.ts';
import { markRuntime } from '../registration/director.ts';
import { provisionedRuntimes, provisioningOperations, type OperationRecord } from '../records.ts';

const TRIES = 5;
const PAUSE = 200;

/** Tried a few times, longer apart each time; then it is let be. */
export async function tellOfFailure(options: ProvisionerOptions, { id, runtimeId }: OperationRecord): Promise<void> {
  const { registry, director, report } = options;
  const runtime = await registry.latest.get(provisionedRuntimes, runtimeId);
  if (runtime?.registered)
    for (let attempt = 1; ; attempt++)
      try {
        await markRuntime(director(runtime.tenant), runtimeId, 'FAILED');
        break;
      } catch (error) {
        if (attempt < TRIES) await sleep(PAUSE * 2 ** attempt);
        else {
          report?.('the Director was not told that an operation failed', { operation: id, error: (error as Error).message });
          break;
        }
      }
  await registry.write({ by: 'provisioner', operation: 'failureTold' }, async (tx) => {
    const { untold: _, ...operation } = (await tx.get(provisioningOperations, id)) ?? {};
    if ('id' in operation) await tx.put(provisioningOperations, operation as OperationRecord);
  });
}
