/** Registers runtimes in the Director so that a crash in between leaves nothing behind: the order is noted before, and taken back where nothing came of it. */
import type { WriteTx } from '../../registry/contract.ts';
import type { ProvisionerCall, ProvisionerOptions } from '../call.ts';
import { registerRuntime, unregisterOrdered } from './director.ts';
import { internalError } from '../errors.ts';
import { pendingOrders } from '../records.ts';
import type { RuntimeInput } from '../types.generated.ts';

const BY = { by: 'provisioner' } as const;

/** Notes that a runtime is about to be registered; answers the order's id. */
export async function beginOrder({ options, now, newId }: ProvisionerCall, tenant: string, { name }: RuntimeInput): Promise<string> {
  const order = { id: newId(), tenant, name, startedAt: now() };
  await options.registry.write({ ...BY, operation: 'beginOrder' }, (tx) => tx.put(pendingOrders, order));
  return order.id;
}

/** Registers the runtime of an order; answers its id. @throws ProvisionerError */
export const registerOrdered = ({ options }: ProvisionerCall, order: string, tenant: string, input: RuntimeInput): Promise<string> =>
  registerRuntime(options.director(tenant), input, order);

/** In the transaction that keeps the runtime. @throws ProvisionerError where the order was given up meanwhile */
export async function fulfilOrder(tx: WriteTx, order: string): Promise<void> {
  const pending = await tx.get(pendingOrders, order);
  if (!pending || pending.givenUp) throw internalError('Failed to register Runtime: it took so long that the order was given up');
  await tx.delete(pendingOrders, order);
}

/** Takes off what was registered for an order of which nothing came. @throws ProvisionerError where the Director cannot be asked */
export async function takeBack({ registry, director }: ProvisionerOptions, id: string): Promise<void> {
  const pending = await registry.write({ ...BY, operation: 'giveUpOrder' }, async (tx) => {
    const order = await tx.get(pendingOrders, id);
    if (order) await tx.put(pendingOrders, { ...order, givenUp: true });
    return order;
  });
  if (!pending) return;
  await unregisterOrdered(director(pending.tenant), id);
  await registry.write({ ...BY, operation: 'forgetOrder' }, (tx) => tx.delete(pendingOrders, id));
}

/** The same for all orders that an earlier process left, where no other process can be. */
export async function takeBackAll(options: ProvisionerOptions): Promise<void> {
  for (const { id } of await options.registry.latest.find(pendingOrders, 'all', 'all'))
    await takeBack(options, id).catch((error: Error) =>
      options.report?.('a runtime that nothing became of is still in the Director', { order: id, error: error.message }),
    );
}
