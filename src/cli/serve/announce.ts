/** Tells others that a plane is ready: the ready file for scripts, the context `local` for the other commands. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Contexts, LOCAL } from '../connection/contexts.ts';
import type { Host } from '../frame/host.ts';

/** What scripts read: base addresses, the tenant, and an administrator's token. */
export interface Ready {
  readonly director?: string;
  readonly connector?: string;
  readonly provisioner?: string;
  readonly tenant: string;
  readonly token: string;
  readonly caFile: string;
}

interface AnnounceOptions {
  readonly ready: Ready;
  readonly env: Host['env'];
  readonly readyFile: string | undefined;
  /** Whether the context `local` is written. */
  readonly context: boolean;
  /** Whether the plane comes back with the same state, so that its context stays. */
  readonly lasting: boolean;
  readonly warn: (text: string) => void;
}

export interface Announcement {
  /** Takes back what must not outlive the plane. */
  withdraw(): void;
}

export function announce(options: AnnounceOptions): Announcement {
  const withdrawContext = options.context ? writeContext(options) : () => {};
  const file = options.readyFile === undefined ? undefined : resolve(options.readyFile);
  if (file !== undefined) writeReady(file, options.ready);
  return {
    withdraw() {
      withdrawContext();
      if (file !== undefined) rmSync(file, { force: true });
    },
  };
}

/** Whole and at once, as others wait for it to appear; it holds a token. */
function writeReady(file: string, ready: Ready): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(ready, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}

/** A plane runs without its context, too, so a folder that can't be written is no reason to end. */
function writeContext({ ready, env, lasting, warn }: AnnounceOptions): () => void {
  const contexts = new Contexts(env);
  try {
    const before = contexts.all()[LOCAL];
    const tokenBefore = contexts.token(LOCAL);
    const { director, connector, provisioner, tenant, token, caFile } = ready;
    if (director === undefined) return () => {};
    contexts.save(LOCAL, { director, connector, provisioner, tenant, caFile }, token);
    if (lasting) return () => {};
    return () => {
      // Another plane may have written its own meanwhile.
      if (contexts.all()[LOCAL]?.director !== director) return;
      if (before === undefined) contexts.remove(LOCAL);
      else contexts.save(LOCAL, before, tokenBefore);
    };
  } catch (error) {
    warn(`the context ${LOCAL} was not written: ${(error as Error).message}`);
    return () => {};
  }
}
