/** That this process is alive: an advisory lock of its own, which the server takes away when its connection ends. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connections } from './connections.ts';
import type { PoolClient } from './driver.ts';

const PAUSE = 250;

/** SQL for the numbers of all processes that are alive. */
export const ALIVE = `SELECT (l.classid::bigint << 32) | l.objid::bigint FROM pg_locks l
  WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

export class Presence {
  /** Positive, below 2^62: text, as JavaScript's numbers do not reach so far. */
  readonly process = (randomBytes(8).readBigUInt64BE() >> 2n).toString();
  readonly #connections: Connections;
  #shown: Promise<void> | undefined;
  #client: PoolClient | undefined;
  #over = false;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** From its end on this process is known to be alive; a lost connection is replaced. @throws RegistryUnavailable */
  show(): Promise<void> {
    this.#shown ??= this.#take().catch((error: unknown) => {
      this.#shown = undefined;
      throw error;
    });
    return this.#shown;
  }

  end(): void {
    this.#over = true;
    this.#client?.release(true);
    this.#client = undefined;
  }

  async #take(): Promise<void> {
    // Shared, as the server may not know yet that the last one is gone.
    const client = await this.#connections.begin(`SELECT pg_advisory_lock_shared(${this.process})`);
    if (this.#over) return client.release(true);
    this.#client = client;
    const lost = () => {
      if (this.#client !== client) return;
      this.#client = undefined;
      client.release(true);
      this.#shown = this.#again();
    };
    client.once('error', lost);
    client.once('end', lost);
  }

  async #again(): Promise<void> {
    while (!this.#over) {
      try {
        return await this.#take();
      } catch {
        await sleep(PAUSE, undefined, { ref: false });
      }
    }
  }
}
