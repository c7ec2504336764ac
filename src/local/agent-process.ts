/** The process that a Runtime Agent of a plane lives in: it works until the plane says stop, or is gone. */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { PairingError, runAgent } from '../agent/agent.ts';
import type { AgentOptions, ConnectionState } from '../agent/options.ts';

/** What the plane says first. */
export interface AgentOrders {
  readonly options: Omit<AgentOptions, 'signal' | 'onStatus' | 'clock'>;
  /** Nothing of it may stay when the plane is gone. */
  readonly ephemeral: boolean;
}

/** What the agent tells. */
export type AgentNews = { readonly state: ConnectionState } | { readonly ended: string; readonly unpaired: boolean };

/** Milliseconds that the step under way has to end. */
const PATIENCE = 2_000;

const stop = new AbortController();
const tell = (news: AgentNews) => void (process.connected && process.send?.(news));
const log = (text: string) => process.stdout.write(`${new Date().toISOString()} ${text}\n`);

async function work({ options, ephemeral }: AgentOrders): Promise<void> {
  process.on('disconnect', () => {
    if (!stop.signal.aborted) log('the management plane is gone');
    setTimeout(() => {
      if (ephemeral) rmSync(dirname(options.dir), { recursive: true, force: true });
      process.exit(0);
    }, PATIENCE).unref();
    stop.abort();
  });
  log(`agent started, process ${process.pid}`);
  let last = '';
  try {
    await runAgent({
      ...options,
      signal: stop.signal,
      onStatus: ({ state, connection, synchronization }) => {
        const error = connection.error ?? synchronization.error;
        const said = error === undefined || state === 'Synchronized' || state === 'Connected' ? state : `${state}: ${error}`;
        if (said !== last) log(said);
        last = said;
        tell({ state });
      },
    });
    log('agent stopped');
  } catch (error) {
    log(`agent ended: ${(error as Error).message}`);
    tell({ ended: (error as Error).message, unpaired: error instanceof PairingError });
  }
  if (ephemeral && !process.connected) rmSync(dirname(options.dir), { recursive: true, force: true });
  process.exit(0);
}

process.once('message', (orders: AgentOrders) => void work(orders));
process.on('message', (message: unknown) => {
  if (message === 'stop') stop.abort();
});
// The plane ends its agents itself: a Ctrl-C in its terminal reaches the whole group.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => stop.abort());
