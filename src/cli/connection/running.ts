/** Whether the plane of a context is there, as far as this machine can tell. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Context } from './contexts.ts';

/** Milliseconds. */
const PATIENCE = 300;

/** One that has ended and that nobody has asked about yet (a container without init) counts as gone. */
function isDefunct(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isDefunct(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function listens(url: URL): Promise<boolean> {
  return new Promise((tell) => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port), timeout: PATIENCE });
    const end = (answer: boolean) => () => {
      socket.destroy();
      tell(answer);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}

/** Null for planes that were not started on this machine. A port alone tells nothing: another plane may have it by now. */
export async function isRunning({ plane, director }: Context): Promise<boolean | null> {
  if (plane === undefined || !URL.canParse(director)) return null;
  return isAlive(plane.pid) && listens(new URL(director));
}
