/** A plane of its own process on a folder that outlives it: killed, and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = resolve(import.meta.dirname, '../../../bin/run.js');
export const STRANGER = '1eba80dd-8ff6-54ee-be4d-77944d17b10b';

interface Ready {
  readonly director: string;
  readonly token: string;
}

export interface Answer {
  readonly data?: Record<string, never> | null;
  readonly errors?: readonly { readonly message: string }[];
}

export class MortalPlane {
  #child: ChildProcess | undefined;
  #ready: Ready | undefined;
  #starting: Promise<void> | undefined;
  #starts = 0;
  #said = '';
  kills = 0;

  constructor(private readonly folder: string) {}

  async start(): Promise<void> {
    const readyFile = join(this.folder, `ready-${this.#starts++}.json`);
    const { PATH = '' } = process.env;
    const argv = [
      'serve',
      '--local',
      '--port',
      '0',
      '--mtls-port',
      '0',
      '--data-dir',
      join(this.folder, 'state'),
      '--ready-file',
      readyFile,
    ];
    const child = spawn(process.execPath, [PROGRAM, ...argv], {
      env: { PATH, HOME: this.folder, COMPASS_HOME: this.folder, COMPASS_SEED: 'reference' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (chunk) => (this.#said = (this.#said + String(chunk)).slice(-10_000)));
    this.#child = child;
    const deadline = Date.now() + 30_000;
    while (!existsSync(readyFile)) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the plane did not start: ${this.#said}`);
      await sleep(20);
    }
    this.#ready = JSON.parse(readFileSync(readyFile, 'utf8')) as Ready;
    rmSync(readyFile, { force: true });
  }

  /** Ends it as a loss of power would, and starts it again. */
  kill(): void {
    const child = this.#child;
    if (!child || this.#starting) return;
    this.kills++;
    this.#ready = undefined;
    this.#starting = (async () => {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      await gone;
      await this.start();
    })().finally(() => (this.#starting = undefined));
  }

  /** Resolves when it is up. */
  async up(): Promise<void> {
    while (this.#starting) await this.#starting;
  }

  /** Undefined where the plane is down or dies meanwhile. @throws Error for answers that no request should get */
  async send(path: string, method: string, body: unknown, tenant?: string): Promise<{ status: number; text: string } | undefined> {
    const ready = this.#ready;
    if (!ready) return undefined;
    try {
      const answer = await fetch(`${ready.director}${path}`, {
        method,
        headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json', ...(tenant && { tenant }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (answer.status >= 500) throw new Wrong(`${method} ${path} was answered with ${answer.status}: ${text}\n${this.#said}`);
      return { status: answer.status, text };
    } catch (error) {
      if (error instanceof Wrong) throw error;
      return undefined;
    }
  }

  /** Asks again until the plane has answered. */
  async graphql(query: string, variables: object = {}): Promise<Answer> {
    for (;;) {
      await this.up();
      const answer = await this.send('/graphql', 'POST', { query, variables });
      if (answer) return JSON.parse(answer.text) as Answer;
      await sleep(20);
    }
  }

  async stop(): Promise<void> {
    await this.up();
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await gone;
  }
}

class Wrong extends Error {}
