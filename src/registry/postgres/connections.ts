/** The pool of connections, and what its failures are called. */
import { Pool, type PoolClient, type QueryConfig } from './driver.ts';
import { isSilence, isUnavailable, unavailable } from './errors.ts';
import { type Run, runOn } from './session.ts';
import { Totals } from './totals.ts';

/** Milliseconds until a connection is there, or one of the pool is free. */
const CONNECT_TIMEOUT = 10_000;
const IDLE_TIMEOUT = 30_000;
/** Milliseconds until a statement counts as lost: a network that swallows what is sent would have it wait for a quarter of an hour. */
const ANSWER_TIMEOUT = 30_000;
/** The same for what looks through whole tables, or waits until others have. */
export const LONG = 3_600_000;
/** Milliseconds of silence after which the system asks whether the other side is there. */
const KEEPALIVE = 10_000;
/** Connections that are tried, as some in the pool may have died unnoticed. */
const ATTEMPTS = 3;
const LONG_LIST = 500;
/** The server, too, is to notice who has gone, as the dead hold locks; and short statements are not worth being compiled. What an older server does not know it is not told. */
const SETTINGS = `SELECT set_config(name, value, false) FROM (VALUES
    ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3'),
    ('tcp_user_timeout', '25000'), ('client_connection_check_interval', '10000'), ('jit', 'off')
  ) settings (name, value) WHERE current_setting(name, true) IS NOT NULL`;

export interface ConnectionOptions {
  readonly url: string;
  /** The address without its password. */
  readonly place: string;
  readonly size: number;
  /** How many records a list has whose length is worth remembering. */
  readonly longList?: number;
  /** Milliseconds until a statement that is not answered fails, with its connection. */
  readonly answerTimeout?: number;
}

export class Connections {
  readonly place: string;
  readonly totals: Totals;
  readonly #pool: InstanceType<typeof Pool>;
  /** Grows when a connection is lost: those from before may be as dead, and are not used again. */
  #era = 0;
  readonly #eras = new WeakMap<PoolClient, number>();

  constructor({ url, place, size, longList = LONG_LIST, answerTimeout = ANSWER_TIMEOUT }: ConnectionOptions) {
    this.place = place;
    this.totals = new Totals(longList);
    this.#pool = new Pool({
      connectionString: url,
      max: size,
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      idleTimeoutMillis: IDLE_TIMEOUT,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEPALIVE,
      query_timeout: answerTimeout,
      application_name: 'compass',
      // Look-ups that resolvers ask for side by side are all sent before the first is answered.
      pipeline: true,
    } as ConstructorParameters<typeof Pool>[0]);
    // Connections that die are replaced when the next is needed; those in use tell whoever uses them.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => {
      this.#eras.set(client, this.#era);
      client.on('error', () => {
        this.#era++;
        this.totals.clear();
      });
      client.query(SETTINGS).catch(() => undefined);
    });
  }

  /** One statement that changes nothing, on any connection that lives. @throws RegistryUnavailable */
  readonly run: Run = (text, values, fresh) => this.#run(undefined, text, values, fresh);

  /** The same for what may take long. */
  readonly runLong: Run = (text, values, fresh) => this.#run(LONG, text, values, fresh);

  async #run<Row extends object>(timeout: number | undefined, text: string, values?: readonly unknown[], fresh?: 'fresh'): Promise<Row[]> {
    for (let attempt = 1; ; attempt++) {
      const client = await this.#connect();
      try {
        const rows = await runOn(client, timeout)<Row>(text, values, fresh);
        client.release();
        return rows;
      } catch (error) {
        client.release(isUnavailable(error) ? (error as Error) : undefined);
        if (attempt === ATTEMPTS || !this.#isWorthAnother(error)) throw this.told(error);
      }
    }
  }

  /** A connection on which this was said. One that died unnoticed in the pool is passed over, as nothing was said on it yet. @throws RegistryUnavailable */
  async begin(statement: string, timeout?: number): Promise<PoolClient> {
    const { client } = await this.beginWith(statement, () => undefined, timeout);
    return client;
  }

  /** The same with what is said first, which does not wait for the answer. @throws RegistryUnavailable, or what that statement has thrown */
  async beginWith<T>(
    statement: string,
    first: (client: PoolClient) => T,
    timeout?: number,
  ): Promise<{ client: PoolClient; answer: Awaited<T> }> {
    for (let attempt = 1; ; attempt++) {
      const client = await this.#connect();
      try {
        const [, answer] = await Promise.all([client.query({ text: statement, query_timeout: timeout } as QueryConfig), first(client)]);
        return { client, answer };
      } catch (error) {
        client.release(error as Error);
        if (attempt === ATTEMPTS || !this.#isWorthAnother(error)) throw this.told(error);
      }
    }
  }

  /** What a failure of the driver is to those who use the Registry. */
  told(error: unknown): unknown {
    // Now, as whoever hears of it may try again before the driver tells that the connection is lost.
    if (isSilence(error)) this.#era++;
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
      for (;;) {
        const client = await this.#pool.connect();
        if (this.#eras.get(client) === this.#era) return client;
        client.release(true);
      }
    } catch (error) {
      throw this.told(error);
    }
  }

  /** Whoever has waited for an answer in vain does not wait again. */
  #isWorthAnother(error: unknown): boolean {
    return isUnavailable(error) && !isSilence(error);
  }
}
