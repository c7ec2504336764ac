/** New runtimes: checked, registered in the Director where that is the profile's way, kept and begun (`reference: facts/provisioner.md 3, 4`). */
import type { WriteTx } from '../../registry/contract.ts';
import type { ProvisionerCall } from '../call.ts';
import { clusterConfig, type ClusterConfig } from '../cluster/config.ts';
import { CLUSTER_SIDE, ClusterError } from '../cluster/error.ts';
import { kymaConfig } from '../cluster/kyma.ts';
import { ProvisionerError } from '../errors.ts';
import { profileOf } from '../profiles.ts';
import { provisionedRuntimes, type OperationRecord, type RuntimeRecord } from '../records.ts';
import { beginOrder, fulfilOrder, registerOrdered, takeBack } from '../registration/registration.ts';
import type { ProvisionRuntimeInput } from '../types.generated.ts';
import { requireTenant } from './access.ts';
import { begin, started } from './begin.ts';
import { checkLengths, checkProvisionInput } from './validation.ts';

/** Orders a cluster for a new runtime; where the profile registers runtimes the Director knows it from here on. @throws ProvisionerError */
export async function provisionRuntime(call: ProvisionerCall, input: ProvisionRuntimeInput): Promise<OperationRecord> {
  checkProvisionInput(input);
  const tenant = requireTenant(call);
  const config = clusterConfig(input.clusterConfig.gardenerConfig);
  checkLengths(config.name, call.subAccount);
  return profileOf(call.options).registers
    ? orderRegistered(call, { tenant, config, input })
    : order(call, { id: call.newId(), tenant, config, input });
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
  const { managesKyma, withoutKyma } = profileOf(call.options);
  const kyma = managesKyma && input.kymaConfig ? kymaConfig(input.kymaConfig) : undefined;
  const runtime: RuntimeRecord = {
    id,
    tenant,
    ...(call.subAccount ? { subAccount: call.subAccount } : {}),
    name,
    ...(description ? { description } : {}),
    ...(labels ? { labels } : {}),
    registered: registeredFor !== undefined,
    cluster: config,
    ...(kyma ? { kyma } : {}),
    administrators: input.clusterConfig.administrators ?? [],
    deleted: false,
    createdAt: call.now(),
  };
  return started(call, 'provisionRuntime', async (tx) => {
    if (registeredFor !== undefined) await fulfilOrder(tx, registeredFor);
    await orderCluster(tx, call, runtime);
    await tx.put(provisionedRuntimes, runtime);
    return begin(tx, call, id, kyma ? 'Provision' : withoutKyma.provision, { message: 'Provisioning started' });
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
