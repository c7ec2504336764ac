/** A transaction on a connection that is taken with the first statement: the opening goes along with it and costs no round trip. */
import type { Connections } from './connections.ts';
import type { PoolClient } from './driver.ts';
import { type Run, runOn } from './session.ts';

export class LazySession {
  readonly #connections: Connections;
  readonly #opening: string;
  #client: Promise<PoolClient> | undefined;
  #isOver = false;

  constructor(connections: Connections, opening: string) {
    this.#connections = connections;
    this.#opening = opening;
  }

  readonly run: Run = async <Row extends object>(text: string, values?: readonly unknown[], fresh?: 'fresh') => {
    if (this.#client) return runOn(await this.#client)<Row>(text, values, fresh);
    const opened = this.#connections.beginWith(this.#opening, (client) => runOn(client)<Row>(text, values, fresh));
    this.#client = opened.then(({ client }) => client);
    this.#client.catch(() => undefined);
    return (await opened).answer;
  };

  /** Takes the connection now. @throws RegistryUnavailable */
  async open(): Promise<void> {
    this.#client ??= this.#connections.begin(this.#opening);
    await this.#client;
  }

  /** Undefined where nothing was said. */
  get client(): Promise<PoolClient> | undefined {
    return this.#client;
  }

  /** Says the last, if there is something to say, and gives the connection back, or drops it if it does not answer. */
  async end(last?: string): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    const client = await this.#client?.catch(() => undefined);
    if (!client) return;
    try {
      if (last !== undefined) await client.query(last);
      client.release();
    } catch (error) {
      client.release(error as Error);
    }
  }
}
