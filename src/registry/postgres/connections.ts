/** The pool of connections, and what its failures are called. */
import { Pool, type PoolClient } from './driver.ts';
import { isUnavailable, unavailable } from './errors.ts';
import { type Run, runOn } from './session.ts';
import { Totals } from './totals.ts';

/** Milliseconds until a connection is there, or one of the pool is free. */
const CONNECT_TIMEOUT = 10_000;
const IDLE_TIMEOUT = 30_000;
/** Connections that are tried, as some in the pool may have died unnoticed. */
const ATTEMPTS = 3;
const LONG_LIST = 500;

export interface ConnectionOptions {
  readonly url: string;
  /** The address without its password. */
  readonly place: string;
  readonly size: number;
  /** How many records a list has whose length is worth remembering. */
  readonly longList?: number;
}

export class Connections {
  readonly place: string;
  readonly totals: Totals;
  readonly #pool: InstanceType<typeof Pool>;

  constructor({ url, place, size, longList = LONG_LIST }: ConnectionOptions) {
    this.place = place;
    this.totals = new Totals(longList);
    this.#pool = new Pool({
      connectionString: url,
      max: size,
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      idleTimeoutMillis: IDLE_TIMEOUT,
      keepAlive: true,
      application_name: 'compass',
      // Look-ups that resolvers ask for side by side are all sent before the first is answered.
      pipeline: true,
    } as ConstructorParameters<typeof Pool>[0]);
    // Connections that die are replaced when the next is needed; those in use tell whoever uses them.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => void client.on('error', () => this.totals.clear()));
  }

  /** One statement that changes nothing, on any connection that lives. @throws RegistryUnavailable */
  readonly run: Run = async <Row extends object>(text: string, values?: readonly unknown[], fresh?: 'fresh') => {
    for (let attempt = 1; ; attempt++) {
      const client = await this.#connect();
      try {
        const rows = await runOn(client)<Row>(text, values, fresh);
        client.release();
        return rows;
      } catch (error) {
        client.release(isUnavailable(error) ? (error as Error) : undefined);
        if (attempt === ATTEMPTS || !isUnavailable(error)) throw this.told(error);
      }
    }
  };

  /** A connection on which this was said. One that died unnoticed in the pool is passed over, as nothing was said on it yet. @throws RegistryUnavailable */
  async begin(statement: string): Promise<PoolClient> {
    const { client } = await this.beginWith(statement, () => undefined);
    return client;
  }

  /** The same with what is said first, which does not wait for the answer. @throws RegistryUnavailable, or what that statement has thrown */
  async beginWith<T>(statement: string, first: (client: PoolClient) => T): Promise<{ client: PoolClient; answer: Awaited<T> }> {
    for (let attempt = 1; ; attempt++) {
      const client = await this.#connect();
      try {
        const [, answer] = await Promise.all([client.query(statement), first(client)]);
        return { client, answer };
      } catch (error) {
        client.release(error as Error);
        if (attempt === ATTEMPTS || !isUnavailable(error)) throw this.told(error);
      }
    }
  }

  /** What a failure of the driver is to those who use the Registry. */
  told(error: unknown): unknown {
    return isUnavailable(error) ? unavailable(this.place, error) : error;
  }

  /** For the job queue, which wants a pool. */
  get pool(): InstanceType<typeof Pool> {
    return this.#pool;
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw this.told(error);
    }
  }
}
