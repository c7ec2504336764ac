/** The hidden label that marks the one runtime which an application's events go to. */
import type { Call, WriteCall } from '../call.ts';
import { withoutLabel } from '../label/rules.ts';
import { keyToken } from '../label/tokens.ts';
import { runtimes, type RuntimeRecord } from '../runtime/records.ts';

export const markOf = (applicationID: string): string => `${applicationID}_defaultEventing`;

/** In whatever tenant. */
export const runtimesMarkedFor = async (call: Call, applicationID: string): Promise<readonly RuntimeRecord[]> =>
  call.tx.find(runtimes, 'label', keyToken(markOf(applicationID)));

/** Takes away the marks that an application leaves behind. */
export async function removeEventingMarks(call: WriteCall, applicationID: string): Promise<void> {
  for (const runtime of await runtimesMarkedFor(call, applicationID))
    await call.tx.put(runtimes, { ...runtime, labels: withoutLabel(runtime.labels, markOf(applicationID)) });
}
