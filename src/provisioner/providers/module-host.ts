/** Calls a provider's module in a process of its own, which is started when it is needed and given up when it hangs. */
import { fork, type ChildProcess } from 'node:child_process';
import { isObject } from '../../text/json.ts';

/** How a script of ours is started as a process. */
export interface Program {
  readonly file: string;
  readonly execArgv: readonly string[];
}

export interface ModuleHostOptions {
  /** Of the module. */
  readonly path: string;
  readonly program: Program;
  /** Milliseconds that one call may take. */
  readonly patience: number;
  /** Milliseconds until the module must be there; half a minute unless given. */
  readonly loading?: number;
}

/** What the module threw, or its end. */
export class ModuleError extends Error {
  override readonly name = 'ModuleError';
  constructor(
    message: string,
    /** Whether it may be tried again. */
    readonly retry: boolean = false,
    readonly codes: readonly string[] = [],
    readonly reason: string = '',
  ) {
    super(message);
  }
}

export interface ModuleHost {
  /** The methods that the module has. @throws ModuleError where it can't be used */
  methods(): Promise<ReadonlySet<string>>;
  /** @throws ModuleError */
  call(method: string, argument: unknown): Promise<unknown>;
  /** The last lines that it wrote. */
  lines(): readonly string[];
  stop(): Promise<void>;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: ModuleError): void;
}

interface Running {
  readonly child: ChildProcess;
  readonly pending: Map<number, Pending>;
  readonly methods: Promise<ReadonlySet<string>>;
}

/** What its process should tell; the module may write there as well, so that nothing of it is certain. */
interface Told {
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
  readonly methods?: unknown;
  readonly unusable?: unknown;
}

const MAX_LINES = 200;

function thrown(error: unknown): ModuleError {
  const { message, codes, retry, reason } = isObject(error) ? error : { message: error };
  const words = typeof message === 'string' ? message : JSON.stringify(message);
  return new ModuleError(words, retry === true, Array.isArray(codes) ? codes.map(String) : [], typeof reason === 'string' ? reason : '');
}

export function createModuleHost({ path, program, patience, loading = 30_000 }: ModuleHostOptions): ModuleHost {
  const written: string[] = [];
  let running: Running | undefined;
  let calls = 0;
  const unusable = (why: string) => `${path} can't be used as a provider: ${why}`;

  const write = (chunk: unknown) => {
    written.push(
      ...String(chunk)
        .split('\n')
        .filter((line) => line.trim() !== ''),
    );
    written.splice(0, written.length - MAX_LINES);
  };

  /** How the process ended, with what it wrote last where that tells more. */
  function lastWords(code: number | null, signal: string | null): string {
    const [said] = written.filter((line) => !/^\s+at |^Node\.js v|^\s*\^+\s*$/.test(line)).slice(-1);
    return `its process ended (${signal ?? `exit code ${code}`})${said === undefined ? '' : `: ${said.trim()}`}`;
  }

  function start(): Running {
    const child = fork(program.file, [path], { execArgv: [...program.execArgv], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const pending = new Map<number, Pending>();
    child.stdout?.on('data', write);
    child.stderr?.on('data', write);
    const methods = new Promise<ReadonlySet<string>>((resolve, reject) => {
      child.on('message', (message: unknown) => {
        if (!isObject(message)) return;
        const { id, result, error, methods: names, unusable: why }: Told = message;
        if (Array.isArray(names)) resolve(new Set(names.filter((name) => typeof name === 'string')));
        if (typeof why === 'string') reject(new ModuleError(unusable(why)));
        const waiting = typeof id === 'number' ? pending.get(id) : undefined;
        if (!waiting) return;
        pending.delete(id as number);
        if (error) waiting.reject(thrown(error));
        else waiting.resolve(result ?? undefined);
      });
      const ended = (words: string) => {
        if (running?.child === child) running = undefined;
        reject(new ModuleError(unusable(words)));
        const error = new ModuleError(words);
        for (const waiting of pending.values()) waiting.reject(error);
        pending.clear();
      };
      child.on('error', (error) => ended(`its process can't be started: ${error.message}`));
      // After `close` all that it wrote has been read.
      child.on('close', (code, signal) => ended(lastWords(code, signal)));
    });
    const usable = loaded(child, methods);
    usable.catch(() => undefined);
    return { child, pending, methods: usable };
  }

  /** A module that never ends loading is given up. @throws ModuleError */
  async function loaded<T>(child: ChildProcess, methods: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new ModuleError(unusable(`it was not loaded within ${loading / 1000} s`)));
      }, loading);
    });
    try {
      return await Promise.race([methods, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  const present = () => (running ??= start());

  return {
    methods: () => present().methods,
    async call(method, argument) {
      const { child, pending, methods } = present();
      if (!(await methods).has(method)) return undefined;
      const id = (calls += 1);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          pending.delete(id);
          // Whoever hangs in one call may hang in all.
          child.kill('SIGKILL');
          reject(new ModuleError(`it did not answer ${method} within ${patience / 1000} s`));
        }, patience);
        const over =
          <T>(done: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer);
            done(value);
          };
        pending.set(id, { resolve: over(resolve), reject: over(reject) });
        child.send({ id, method, argument }, (error) => {
          if (error) pending.get(id)?.reject(new ModuleError(error.message));
        });
      });
    },
    lines: () => written,
    async stop() {
      const { child } = running ?? {};
      if (!child) return;
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}
