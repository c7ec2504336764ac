/** Keeps the records of deliveries: a few at a time, beside the work and never in its way, and not more than so many. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DirectorCore } from '../../context.ts';
import { inBackground } from '../../background.ts';
import { deliveries, type DeliveryRecord } from './deliveries.ts';

/** Milliseconds that records wait for others to be written with. */
const GATHERING = 15;
/** How many are kept of one formation, and of all. */
export const KEPT = { formation: 200, all: 10_000 } as const;
/** A process that makes more than this faster than they can be written loses the oldest, rather than its memory. */
const WAITING = 2_000;
/** Trimming waits until so many are too many. */
const SLACK = 20;
const ABOUT = { by: 'compass', operation: 'keepDeliveries' };

type Bound = { readonly index: 'formation' | 'all'; readonly key: string; readonly kept: number };

class DeliveryLog {
  #waiting: DeliveryRecord[] = [];
  #writing: Promise<void> | undefined;

  constructor(private readonly director: DirectorCore) {}

  add(record: DeliveryRecord): void {
    this.#waiting.push(record);
    if (this.#waiting.length > WAITING) this.#waiting.shift();
    if (this.#writing) return;
    inBackground(this.director, 'keeping what was delivered', () => this.#start());
  }

  /** Resolves when everything that was added is written, or could not be. */
  async settled(): Promise<void> {
    await this.#writing?.catch(() => undefined);
  }

  #start(): Promise<void> {
    this.#writing = this.#writeAll().finally(() => (this.#writing = undefined));
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await sleep(GATHERING);
      const records = this.#waiting;
      this.#waiting = [];
      await this.director.registry.write(ABOUT, async (tx) => {
        for (const record of records) await tx.put(deliveries, record);
      });
      const bounds = [...new Set(records.map(({ formationID }) => formationID))].map((key): Bound => ({
        index: 'formation',
        key,
        kept: KEPT.formation,
      }));
      for (const bound of [...bounds, { index: 'all', key: 'all', kept: KEPT.all } as const]) await this.#trim(bound);
    }
  }

  /** The oldest go. */
  async #trim({ index, key, kept }: Bound): Promise<void> {
    const { registry } = this.director;
    if ((await registry.latest.count(deliveries, index, key)) <= kept + SLACK) return;
    const { records } = await registry.latest.page(deliveries, { all: [{ index, anyOf: [key] }], first: 1_000, offset: kept });
    await registry.write(ABOUT, async (tx) => {
      for (const { id } of records) await tx.delete(deliveries, id);
    });
  }
}

const logs = new WeakMap<DirectorCore, DeliveryLog>();

function logOf(director: DirectorCore): DeliveryLog {
  const log = logs.get(director) ?? new DeliveryLog(director);
  logs.set(director, log);
  return log;
}

/** Returns at once. */
export const keepDelivery = (director: DirectorCore, record: DeliveryRecord): void => logOf(director).add(record);

/** Resolves when what this process has delivered can be read. */
export const deliveriesKept = (director: DirectorCore): Promise<void> => logOf(director).settled();
