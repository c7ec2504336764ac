/** Tells others that a plane is ready: the ready file for scripts, the context of its name for the other commands. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Contexts } from '../connection/contexts.ts';
import { Failure } from '../failure/failure.ts';
import type { Host } from '../frame/host.ts';

/** What scripts read: base addresses, the tenant, and an administrator's token. */
export interface Ready {
  readonly pid: number;
  readonly version: string;
  readonly gateway?: string;
  readonly director?: string;
  readonly connector?: string;
  readonly provisioner?: string;
  readonly mtls?: string;
  readonly tenant: string;
  readonly token: string;
  readonly caFile: string;
}

interface AnnounceOptions {
  readonly ready: Ready;
  readonly env: Host['env'];
  readonly readyFile: string | undefined;
  /** The context that is written, if any. */
  readonly context: string | undefined;
  /** Where the state is with which the plane comes back, so that its context stays; undefined where it is in memory. */
  readonly state: string | undefined;
  readonly warn: (text: string) => void;
}

export interface Announcement {
  /** Takes back what must not outlive the plane. */
  withdraw(): void;
}

export function announce(options: AnnounceOptions): Announcement {
  const withdrawContext = options.context === undefined ? () => {} : writeContext(options.context, options);
  const file = options.readyFile === undefined ? undefined : resolve(options.readyFile);
  try {
    if (file !== undefined) writeReady(file, options.ready);
  } catch (error) {
    withdrawContext();
    throw error;
  }
  return {
    withdraw() {
      withdrawContext();
      if (file !== undefined) rmSync(file, { force: true });
    },
  };
}

/** Whole and at once, as others wait for it to appear; it holds a token. @throws Failure failed */
function writeReady(file: string, ready: Ready): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, `${JSON.stringify(ready, null, 2)}\n`, { mode: 0o600 });
    renameSync(temporary, file);
  } catch (error) {
    throw new Failure('failed', `The ready file can't be written: ${(error as Error).message}`, {
      hint: 'Name a file in a folder that is there, and that you may write to.',
      cause: error,
    });
  }
}

/** A plane runs without its context, too, so a folder that can't be written is no reason to end. */
function writeContext(name: string, { ready, env, state, warn }: AnnounceOptions): () => void {
  const contexts = new Contexts(env);
  try {
    const before = contexts.all()[name];
    const tokenBefore = contexts.token(name);
    const { director, connector, provisioner, tenant, token, caFile, pid } = ready;
    if (director === undefined) return () => {};
    contexts.save(name, { director, connector, provisioner, tenant, caFile, plane: { pid, state: state ?? null } }, token);
    if (state !== undefined) return () => {};
    return () => {
      // Another plane may have written its own meanwhile.
      if (contexts.all()[name]?.director !== director) return;
      if (before === undefined) contexts.remove(name);
      else contexts.save(name, before, tokenBefore);
    };
  } catch (error) {
    warn(`the context ${name} was not written: ${(error as Error).message}`);
    return () => {};
  }
}
