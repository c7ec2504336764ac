/**
 * Keeps a second process out of a folder. Lock files are numbered; the highest one counts, and a higher one is made by `link`, which one process alone can win.
 * A holder is alive while a process with its pid and start time runs since the same boot: no waiting after a crash.
 */
import { execFile } from 'node:child_process';
import { link, readdir, readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isMissing, PRIVATE_FILE, replaceFile, temporaryFor } from './durable.ts';
import { type Holder, RegistryLocked } from './errors.ts';

interface Mark extends Holder {
  /** When the process began, in the system's own words. */
  readonly started: string;
  readonly boot: string;
  /** Processes of another pid namespace (a container) cannot be seen. */
  readonly namespace: string;
  readonly released?: true;
}

const HEARTBEAT_MS = 2_000;
const SILENT_MS = 10_000;

export class Lock {
  readonly #file: string;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #isFirst: boolean;
  #mark: Mark;

  private constructor(file: string, mark: Mark, isFirst: boolean) {
    this.#file = file;
    this.#isFirst = isFirst;
    this.#mark = mark;
    this.#heartbeat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), HEARTBEAT_MS).unref();
  }

  /** @throws RegistryLocked */
  static async take(folder: string, now: Date): Promise<Lock> {
    const mark: Mark = { pid: process.pid, since: now.toISOString(), ...(await identityOf(process.pid)) };
    for (;;) {
      const numbers = await lockNumbers(folder);
      const highest = numbers.at(-1) ?? 0;
      const holder = highest > 0 ? await liveHolder(fileOf(folder, highest)) : undefined;
      if (holder === 'gone') continue;
      if (holder) throw new RegistryLocked(folder, holder);
      const file = fileOf(folder, highest + 1);
      if (!(await linkMark(file, mark))) continue;
      if ((await lockNumbers(folder)).at(-1) !== highest + 1) {
        await rm(file, { force: true });
        continue;
      }
      for (const number of numbers) await rm(fileOf(folder, number), { force: true });
      return new Lock(file, mark, numbers.length === 0);
    }
  }

  /** Lets a process that is kept out tell more about this one. */
  async describe(details: { port?: number }): Promise<void> {
    this.#mark = { ...this.#mark, ...details };
    await this.#write(this.#mark);
  }

  /** The file stays, as its number must not be used again. */
  async release(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#write({ ...this.#mark, released: true });
  }

  /** Leaves the folder as it was found. A number may be used again where nobody can have seen it as let go: where it is the first. */
  async abandon(): Promise<void> {
    if (!this.#isFirst) return this.release();
    clearInterval(this.#heartbeat);
    await rm(this.#file, { force: true });
  }

  #write(mark: Mark): Promise<void> {
    return replaceFile(this.#file, (handle) => handle.writeFile(`${JSON.stringify(mark)}\n`));
  }
}

const fileOf = (folder: string, number: number) => join(folder, `lock.${number}`);

async function lockNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .map((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1]))
    .filter((number) => number > 0)
    .sort((a, b) => a - b);
}

/** True if the file was made by us: it appears whole or not at all. */
async function linkMark(file: string, mark: Mark): Promise<boolean> {
  const temporary = temporaryFor(file);
  await writeFile(temporary, `${JSON.stringify(mark)}\n`, { mode: PRIVATE_FILE, flag: 'wx' });
  try {
    await link(temporary, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function liveHolder(file: string): Promise<Mark | 'gone' | undefined> {
  try {
    const mark = JSON.parse(await readFile(file, 'utf8')) as Mark;
    if (mark.released) return undefined;
    const here = await identityOf(process.pid);
    if (mark.boot !== here.boot) return undefined;
    if (mark.namespace !== here.namespace) return Date.now() - (await stat(file)).mtimeMs < SILENT_MS ? mark : undefined;
    return (await startOf(mark.pid)) === mark.started ? mark : undefined;
  } catch (error) {
    if (isMissing(error)) return 'gone';
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function identityOf(pid: number): Promise<Pick<Mark, 'started' | 'boot' | 'namespace'>> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => 'unknown');
  const namespace = await readlink('/proc/self/ns/pid').catch(() => 'unknown');
  return { started: (await startOf(pid)) ?? 'unknown', boot: boot.trim(), namespace };
}

/** Undefined if there is no such process. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name in the second field may hold anything; the start time is the 20th after its closing parenthesis.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    if (process.platform === 'linux') return undefined;
  }
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
