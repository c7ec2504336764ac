/** Agents that get a new one-time token. */
import type { ProvisionerCall, ProvisionerOptions } from '../call.ts';
import { sendToken } from '../operations/agent-steps.ts';
import { provisionedRuntimes } from '../records.ts';
import { checkIdle } from './begin.ts';

/** Has the agent of a runtime started with a new one-time token, on nobody's request. @throws ProvisionerError */
export async function connectAgent(options: ProvisionerOptions, id: string): Promise<void> {
  const runtime = await options.registry.latest.get(provisionedRuntimes, id);
  if (runtime?.registered && !runtime.deleted) await sendToken(options, runtime);
}

/**
 * Gives the agent of a runtime a new one-time token, as after its certificate was lost. Whoever names a runtime that is not theirs,
 * or one without an agent or asleep, is answered as ever: by nothing. @throws ProvisionerError where the runtime is being changed
 */
export async function reconnectRuntimeAgent(call: ProvisionerCall, id: string): Promise<string> {
  const { registry, provider } = call.options;
  const runtime = await registry.latest.get(provisionedRuntimes, id);
  if (!runtime || runtime.tenant !== call.tenant || !runtime.registered || runtime.deleted) return '';
  const cluster = await provider.state(id);
  if (!cluster || cluster.hibernation?.hibernated) return '';
  await checkIdle(registry.latest, id);
  await sendToken(call.options, runtime);
  return '';
}
