/** Transactions for reading: one view each, opened by the first look-up. */
import type { Awaitable, ReadTx } from '../contract.ts';
import type { Connections } from './connections.ts';
import { LazySession } from './lazy-session.ts';
import type { Run } from './session.ts';
import { PostgresView, type ViewOptions } from './view.ts';

const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** @throws RegistryUnavailable, or what the work throws */
export async function readOnOneView<T>(
  connections: Connections,
  options: Pick<ViewOptions, 'open' | 'totals'>,
  work: (tx: ReadTx) => Awaitable<T>,
): Promise<T> {
  const session = new LazySession(connections, BEGIN);
  const told: Run = <Row extends object>(text: string, values?: readonly unknown[], fresh?: 'fresh') =>
    session.run<Row>(text, values, fresh).catch((error: unknown) => Promise.reject(connections.told(error)));
  const view = new PostgresView(told, { ...options, settled: true });
  try {
    return await work(view);
  } finally {
    view.end();
    // Nobody has to wait for the end of a view.
    void session.end('COMMIT');
  }
}
