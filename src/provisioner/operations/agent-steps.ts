/** Stages in which the agent of a runtime gets what it starts with, and connects (`reference: facts/provisioner.md 8`). */
import type { ProvisionerOptions } from '../call.ts';
import type { AgentConfiguration } from '../provider.ts';
import type { RuntimeRecord } from '../records.ts';
import { markRuntime, requestToken } from '../registration/director.ts';
import type { StepResult } from './step.ts';

/** What an agent starts with: a new one-time token. @throws ProvisionerError where the Director gives none */
export async function newConfiguration({ director }: ProvisionerOptions, { id, name, tenant }: RuntimeRecord): Promise<AgentConfiguration> {
  const { token, connectorURL } = await requestToken(director(tenant), id);
  return { connectorURL, token, runtimeId: id, runtimeName: name, tenant };
}

/** Requests a one-time token and leaves it where the agent of the runtime starts. @throws ProvisionerError */
export async function sendToken(options: ProvisionerOptions, runtime: RuntimeRecord): Promise<void> {
  await options.provider.connectAgent(await newConfiguration(options, runtime));
}

export async function connectAgent(options: ProvisionerOptions, runtime: RuntimeRecord): Promise<StepResult> {
  if ((await options.provider.agentState(runtime.id)) !== 'connected') await sendToken(options, runtime);
  return 'done';
}

/** An agent with a new token is left in peace for as long as so many looks take: less where it is not there yet. */
const NEW_TOKEN_LOOKS = { failed: 25, none: 10 } as const;

/** An agent whose token opened nothing gets a new one; of one that has connected the Director is told. */
export async function waitForAgent(options: ProvisionerOptions, runtime: RuntimeRecord): Promise<StepResult> {
  const state = await options.provider.agentState(runtime.id);
  if (state === 'failed' || state === 'none') {
    await sendToken(options, runtime);
    return { over: false, pause: NEW_TOKEN_LOOKS[state] * options.pollInterval };
  }
  if (state !== 'connected') return 'wait';
  if (runtime.registered) await markRuntime(options.director(runtime.tenant), runtime.id, 'CONNECTED');
  return 'done';
}
