/** Has the server count keys while a database grows fast: it would do so by itself only after minutes, and choose bad plans until then. */
import type { Connections } from './connections.ts';

const FIRST = 200;
const GROWTH = 4;

export class Statistics {
  readonly #connections: Connections;
  #written = 0;
  #next = FIRST;
  #counting: Promise<unknown> = Promise.resolve();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** After a commit that changed so many records. */
  grown(records: number): void {
    this.#written += records;
    if (this.#written < this.#next) return;
    this.#next = this.#written * GROWTH;
    this.#counting = this.#connections.runLong('ANALYZE compass.entries, compass.records', [], 'fresh').catch(() => undefined);
  }

  /** Waits for what is under way. */
  async idle(): Promise<void> {
    await this.#counting;
  }
}
