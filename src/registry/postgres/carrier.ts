/** Does the work that dead processes left behind, through the job queue on the same database. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Carried, Work } from '../contract.ts';
import type { Connections } from './connections.ts';
import { Logger, run as runQueue, type Runner } from './driver.ts';
import { addJob, claim, dropClaim, isOpen, type Job, openWork, pauseAfter, taskOf } from './jobs.ts';
import type { Presence } from './presence.ts';

/** How many records are worked on at once. */
const AT_ONCE = 4;
/** Milliseconds between two looks of the queue, and between two of ours for records whose job was lost. */
const QUEUE_INTERVAL = 1000;
const LOOK_INTERVAL = 30_000;

export interface CarrierOptions {
  readonly connections: Connections;
  readonly presence: Presence;
  readonly report: (problem: Error) => void;
}

export class Carrier {
  readonly #options: CarrierOptions;
  readonly #all: ReadonlyMap<string, { readonly work: Work; readonly carry: Carried['work'] }>;
  readonly #life = new AbortController();
  readonly #running: Promise<unknown>;
  #runner: Runner | undefined;

  constructor(options: CarrierOptions, all: readonly Carried[]) {
    this.#options = options;
    this.#all = new Map(all.flatMap(({ from, work: carry }) => (from.work ? [[from.name, { work: from.work, carry }] as const] : [])));
    this.#running = Promise.all([this.#serve(), this.#look()]);
  }

  /** Waits for the work under way. */
  async end(): Promise<void> {
    this.#life.abort();
    await this.#runner?.stop().catch(() => undefined);
    await this.#running;
  }

  /** The queue gives up when its database is away for long: then it is begun again. */
  async #serve(): Promise<void> {
    const tasks = Object.fromEntries([...this.#all.keys()].map((name) => [taskOf(name), (job: unknown) => this.#do(job as Job)]));
    while (!this.#life.signal.aborted) {
      try {
        await this.#options.presence.show();
        this.#runner = await runQueue({
          pgPool: this.#options.connections.pool,
          taskList: tasks,
          parsedCronItems: [],
          concurrency: AT_ONCE,
          pollInterval: QUEUE_INTERVAL,
          noHandleSignals: true,
          logger: new Logger(() => () => undefined),
          // In batches, even of one, as the queue looks at how these end: then it ends itself, and is begun again.
          preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
        });
        if (this.#life.signal.aborted) await this.#runner.stop();
        await this.#runner.promise;
      } catch {
        // The database is away; that is told to whoever needs it.
      }
      await this.#pause(QUEUE_INTERVAL);
    }
  }

  async #look(): Promise<void> {
    while (!this.#life.signal.aborted) {
      try {
        const { run } = this.#options.connections;
        for (const [collection, { work }] of this.#all)
          for (const id of await openWork(run, collection, work.index)) await addJob(run, { collection, id, attempt: 0 }, 0, true);
      } catch {
        // Next time.
      }
      await this.#pause(LOOK_INTERVAL);
    }
  }

  async #do(job: Job): Promise<void> {
    const { connections, presence, report } = this.#options;
    const { run } = connections;
    const { work, carry } = this.#all.get(job.collection)!;
    if (!(await isOpen(run, job, work.index))) return dropClaim(run, presence.process, job);
    if (!(await claim(run, presence.process, job, work))) return addJob(run, job, work.after);
    // Whoever had it may have done it since the first look.
    if (!(await isOpen(run, job, work.index))) return dropClaim(run, presence.process, job);
    // Before the work begins: should this process die in it, another looks again.
    await addJob(run, { ...job, attempt: job.attempt + 1 }, pauseAfter(job.attempt, work));
    const outcome = await carry(job.id).catch((error: unknown) => report(error as Error));
    if (outcome !== 'goes on') await dropClaim(run, presence.process, job);
  }

  async #pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#life.signal, ref: false }).catch(() => undefined);
  }
}
