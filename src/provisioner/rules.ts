/** What the Provisioner does when it is asked: orders are checked, kept and begun; the rest is the worker's (`reference: facts/provisioner.md 3, 5, 6`). */
import type { WriteTx } from '../registry/contract.ts';
import type { ProvisionerCall, ProvisionerOptions } from './call.ts';
import { clusterConfig, type ClusterConfig } from './cluster/config.ts';
import { changedConfig, checkNotEmpty, checkVolume, checkZones, wantedProviderConfig } from './cluster/upgrade.ts';
import { badRequest, internalError, notFound, ProvisionerError } from './errors.ts';
import { CLUSTER_SIDE, ClusterError } from './cluster/error.ts';
import type { ClusterState } from './provider.ts';
import { provisionedRuntimes, provisioningOperations, type OperationRecord, type RuntimeRecord } from './records.ts';
import { beginOrder, fulfilOrder, registerOrdered, takeBack } from './registration.ts';
import { firstStage, type OperationKind } from './stages.ts';
import { sendToken } from './steps.ts';
import type { ProvisionRuntimeInput, UpgradeShootInput } from './types.generated.ts';
import { checkLengths, checkProvisionInput } from './validation.ts';

/** @throws ProvisionerError without a tenant */
export function requireTenant({ tenant }: ProvisionerCall): string {
  if (tenant === undefined) throw badRequest('tenant header is empty');
  return tenant;
}

/** A runtime of the caller's tenant; those of others are as unknown. @throws ProvisionerError */
export async function requireRuntime(call: ProvisionerCall, id: string): Promise<RuntimeRecord> {
  const tenant = requireTenant(call);
  const runtime = await call.options.registry.latest.get(provisionedRuntimes, id);
  if (runtime?.tenant !== tenant) throw notFound(`Cannot find Tenant for runtimeID:'${id}`);
  return runtime;
}

/** Begins an operation in a transaction; only one at a time for a runtime. @throws ProvisionerError */
async function begin(
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
    state: 'InProgress',
    message: '',
    stage: firstStage(operation),
    stageSince: now,
    startedAt: now,
    ...part,
  };
  const event = { at: now, stage: record.stage, message: record.message };
  await tx.put(provisioningOperations, { ...record, events: [event] });
  return record;
}

async function checkIdle(tx: Pick<WriteTx, 'find'>, runtimeId: string): Promise<void> {
  const known = await tx.find(provisioningOperations, 'runtime', runtimeId);
  if (known.some(({ state }) => state === 'InProgress'))
    throw badRequest(`cannot start new operation for ${runtimeId} Runtime while previous one is in progress`);
}

const about = (call: ProvisionerCall, operation: string) => ({
  by: 'provisioner',
  operation: `${operation} for ${call.tenant ?? 'nobody'}`,
});

/** Orders a cluster for a new runtime; in the profile `agent` the Director knows it from here on. @throws ProvisionerError */
export async function provisionRuntime(call: ProvisionerCall, input: ProvisionRuntimeInput): Promise<OperationRecord> {
  checkProvisionInput(input);
  const tenant = requireTenant(call);
  const config = clusterConfig(input.clusterConfig.gardenerConfig);
  checkLengths(config.name, call.subAccount);
  const operation =
    call.options.profile === 'agent'
      ? await orderRegistered(call, { tenant, config, input })
      : await order(call, { id: call.newId(), tenant, config, input });
  call.begun(operation.id);
  return operation;
}

interface Order {
  readonly id: string;
  readonly tenant: string;
  readonly config: ClusterConfig;
  readonly input: ProvisionRuntimeInput;
  /** The pending order that it fulfils, where its runtime is known to the Director. */
  readonly registeredFor?: string;
}

/** Orders for a runtime that the Director gives an id; where that fails, the Director is left as it was. */
async function orderRegistered(call: ProvisionerCall, asked: Pick<Order, 'tenant' | 'config' | 'input'>): Promise<OperationRecord> {
  const { runtimeInput } = asked.input;
  const registeredFor = await beginOrder(call, asked.tenant, runtimeInput);
  try {
    const id = await registerOrdered(call, registeredFor, asked.tenant, runtimeInput);
    return await order(call, { id, ...asked, registeredFor });
  } catch (error) {
    // Where that fails, too, it is tried again by whoever takes up what was left.
    await takeBack(call.options, registeredFor).catch(() => undefined);
    throw error;
  }
}

function order(call: ProvisionerCall, { id, tenant, config, input, registeredFor }: Order): Promise<OperationRecord> {
  const { name, description, labels } = input.runtimeInput;
  const runtime: RuntimeRecord = {
    id,
    tenant,
    ...(call.subAccount ? { subAccount: call.subAccount } : {}),
    name,
    ...(description ? { description } : {}),
    ...(labels ? { labels } : {}),
    registered: registeredFor !== undefined,
    cluster: config,
    administrators: input.clusterConfig.administrators ?? [],
    deleted: false,
    createdAt: call.now(),
  };
  return call.options.registry.write(about(call, 'provisionRuntime'), async (tx) => {
    if (registeredFor !== undefined) await fulfilOrder(tx, registeredFor);
    await orderCluster(tx, call, runtime);
    await tx.put(provisionedRuntimes, runtime);
    return begin(tx, call, id, 'Provision', { message: 'Provisioning started' });
  });
}

async function orderCluster(tx: WriteTx, call: ProvisionerCall, { id, tenant, subAccount, labels, cluster }: RuntimeRecord): Promise<void> {
  try {
    await call.options.provider.order(tx, {
      runtimeId: id,
      tenant,
      ...(subAccount ? { subAccount } : {}),
      ...(labels ? { labels } : {}),
      config: cluster,
    });
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw new ProvisionerError(
      `Failed to start provisioning, error creating Shoot for ${id} cluster: ${error.message}`,
      error.code,
      error.reason,
      CLUSTER_SIDE,
    );
  }
}

/** Takes a runtime away; answers the operation. @throws ProvisionerError */
export async function deprovisionRuntime(call: ProvisionerCall, id: string): Promise<OperationRecord> {
  const runtime = await requireRuntime(call, id);
  // A provider that does not answer must not keep anybody from trying: the operation will tell what it says.
  const cluster = await call.options.provider.state(id).catch(() => ({ name: runtime.cluster.name, ready: false, changing: false }));
  if (cluster) await checkRemoval(call, id);
  const operation = await call.options.registry.write(about(call, 'deprovisionRuntime'), (tx) =>
    begin(tx, call, id, 'DeprovisionNoInstall', removalOf(runtime, cluster)),
  );
  call.begun(operation.id);
  return operation;
}

/** @throws ProvisionerError where something runs already, or the side of the clusters would refuse */
async function checkRemoval({ options: { registry, provider } }: ProvisionerCall, id: string): Promise<void> {
  await checkIdle(registry.latest, id);
  try {
    await provider.checkRemoval?.(id);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw new ProvisionerError(`Failed to start deprovisioning: error updating Shoot, ${error.message}`, 500, error.reason, CLUSTER_SIDE);
  }
}

/** How a removal begins: at its beginning, or where an earlier one has come to. */
function removalOf({ id, cluster: { name } }: RuntimeRecord, cluster: ClusterState | undefined): Partial<OperationRecord> {
  if (!cluster)
    return { message: `Cluster ${id} already deleted. Proceeding to DeprovisionCluster stage.`, stage: 'WaitForClusterDeletion' };
  if (cluster.deletionSince === undefined) return { message: 'Deprovisioning started' };
  return {
    message: `Cluster ${name} with id ${id} already scheduled for deletion.`,
    startedAt: cluster.deletionSince,
    stageSince: cluster.deletionSince,
  };
}

/** Changes a cluster. @throws ProvisionerError */
export async function upgradeShoot(
  call: ProvisionerCall,
  id: string,
  { gardenerConfig: input, administrators }: UpgradeShootInput,
): Promise<OperationRecord> {
  const runtime = await requireRuntime(call, id);
  checkNotEmpty(input);
  await checkIdle(call.options.registry.latest, id);
  const provider = wantedProviderConfig(input);
  if (!(await call.options.provider.state(id))) throw internalError(`Failed to get shoot, failed to find shoot for Runtime ${id}`);
  const cluster = changedConfig(runtime.cluster, input, provider);
  checkVolume(runtime.cluster, input);
  if (provider) checkZones(runtime.cluster.providerSpecificConfig, provider);
  const operation = await call.options.registry.write(about(call, 'upgradeShoot'), async (tx) => {
    const begun = await begin(tx, call, id, 'UpgradeShoot', { message: 'Starting Gardener Shoot upgrade' });
    await tx.put(provisionedRuntimes, { ...runtime, cluster, administrators: administrators ?? [] });
    await changeCluster(tx, call, id, cluster);
    return begun;
  });
  call.begun(operation.id);
  return operation;
}

async function changeCluster(tx: WriteTx, { options }: ProvisionerCall, id: string, cluster: ClusterConfig): Promise<void> {
  try {
    await options.provider.change(tx, id, cluster);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw internalError(`Failed to upgrade Cluster: error executing update shoot configuration, ${error.message}`);
  }
}

/** Has the agent of a runtime started with a new one-time token, on nobody's request. @throws ProvisionerError */
export async function connectAgent(options: ProvisionerOptions, id: string): Promise<void> {
  const runtime = await options.registry.latest.get(provisionedRuntimes, id);
  if (runtime?.registered && !runtime.deleted) await sendToken(options, runtime);
}

/**
 * Gives the agent of a runtime a new one-time token, as after its certificate was lost. Whoever names a runtime that is not theirs,
 * or one without an agent, is answered as ever: by nothing. @throws ProvisionerError where the runtime is being changed
 */
export async function reconnectRuntimeAgent(call: ProvisionerCall, id: string): Promise<string> {
  const { registry, provider } = call.options;
  const runtime = await registry.latest.get(provisionedRuntimes, id);
  if (runtime && runtime.tenant === call.tenant && runtime.registered && !runtime.deleted && (await provider.state(id))) {
    await checkIdle(registry.latest, id);
    await sendToken(call.options, runtime);
  }
  return '';
}
