/**
 * Contexts: which Compass to talk to, as whom. `contexts.json` holds what may be shown; each token is a file of its own
 * that nobody but the user can read.
 */
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure/failure.ts';
import type { Host } from '../frame/host.ts';
import { makeFolder } from '../../process/folder.ts';
import { configFolder } from './paths.ts';
import { takeTurn } from './turn.ts';

export interface Context {
  /** Base addresses; `/graphql` is below each. */
  readonly director: string;
  readonly connector?: string | undefined;
  readonly provisioner?: string | undefined;
  /** External id of the tenant to act in. */
  readonly tenant?: string | undefined;
  /** Authority of the server's certificate, and what the client shows; paths of PEM files. */
  readonly caFile?: string | undefined;
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
  /** Of a plane that `serve` started on this machine: the process it ran in last, and where its state is, null in memory. */
  readonly plane?: { readonly pid: number; readonly state: string | null } | undefined;
}

interface ContextFile {
  readonly current?: string | undefined;
  readonly contexts: Readonly<Record<string, Context>>;
}

/** The plane on this machine that no name was given to, and its context; `serve` writes it. */
export const LOCAL = 'local';

/** Names of contexts are names of files, too. */
export const CONTEXT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** The systems of a Compass behind one gateway address. The address of one of them, as `serve` prints it, tells the gateway's, too. */
export function behindGateway(gateway: string): Pick<Context, 'director' | 'connector' | 'provisioner'> {
  const base = gateway.replace(/\/+$/, '').replace(/\/(?:director|connector|provisioner)(?:\/graphql)?$/, '');
  return { director: `${base}/director`, connector: `${base}/connector`, provisioner: `${base}/provisioner` };
}

export class Contexts {
  readonly #folder: string;

  constructor(env: Host['env']) {
    this.#folder = configFolder(env);
  }

  get file(): string {
    return join(this.#folder, 'contexts.json');
  }

  all(): Readonly<Record<string, Context>> {
    return this.#read().contexts;
  }

  /** The one in use: the chosen one, else the local plane's. */
  current(): string | undefined {
    const { current, contexts } = this.#read();
    return current ?? (LOCAL in contexts ? LOCAL : undefined);
  }

  /** @throws Failure context_not_found */
  get(name: string): Context {
    const context = this.#read().contexts[name];
    if (context === undefined)
      throw new Failure('context_not_found', `There is no context ${JSON.stringify(name)}.`, { details: { context: name } });
    return context;
  }

  token(name: string): string | undefined {
    try {
      return readFileSync(this.#tokenFile(name), 'utf8').trim();
    } catch {
      return undefined;
    }
  }

  /** Stores a context; its token is replaced, and removed where none is given. @throws Failure usage for a name that is no file name */
  save(name: string, context: Context, token?: string): void {
    if (!CONTEXT_NAME.test(name))
      throw new Failure('usage', `${JSON.stringify(name)} can't name a context: letters, digits, dots, dashes and underscores only.`);
    this.#change(({ current, contexts }) => {
      if (token === undefined) rmSync(this.#tokenFile(name), { force: true });
      else this.#writeWhole(this.#tokenFile(name), `${token}\n`);
      return { current: current ?? name, contexts: { ...contexts, [name]: context } };
    });
  }

  /** @throws Failure context_not_found */
  use(name: string): void {
    this.get(name);
    this.#change((file) => ({ ...file, current: name }));
  }

  /** @throws Failure context_not_found */
  remove(name: string): void {
    this.get(name);
    this.#change(({ current, contexts }) => {
      rmSync(this.#tokenFile(name), { force: true });
      return {
        current: current === name ? undefined : current,
        contexts: Object.fromEntries(Object.entries(contexts).filter(([other]) => other !== name)),
      };
    });
  }

  #tokenFile(name: string): string {
    return join(this.#folder, 'tokens', name);
  }

  #read(): ContextFile {
    let content: string;
    try {
      content = readFileSync(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { contexts: {} };
      throw new Failure('file_unreadable', `${this.file} can't be read: ${(error as Error).message}`, { cause: error });
    }
    try {
      const { current, contexts } = JSON.parse(content) as ContextFile;
      if (typeof contexts !== 'object' || contexts === null) throw new Error('it holds no contexts');
      return { current, contexts };
    } catch (error) {
      throw new Failure('file_unreadable', `${this.file} is damaged: ${(error as Error).message}`, {
        hint: 'Correct it by hand, or remove it and add the contexts again.',
        cause: error,
      });
    }
  }

  /** Planes that start at the same time each find what the other has written. */
  #change(next: (file: ContextFile) => ContextFile): void {
    makeFolder(this.#folder);
    const release = takeTurn(`${this.file}.lock`);
    try {
      this.#writeWhole(this.file, `${JSON.stringify(next(this.#read()), null, 2)}\n`);
    } finally {
      release();
    }
  }

  /** All or nothing, and for the user's eyes alone. */
  #writeWhole(file: string, content: string): void {
    makeFolder(join(file, '..'));
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, content, { mode: 0o600 });
    chmodSync(temporary, 0o600);
    renameSync(temporary, file);
  }
}
