/** Whether the plane of a context is there, as far as this machine can tell. */
import { connect } from 'node:net';
import { isAlive } from '../../process/is-alive.ts';
import type { Context } from './contexts.ts';

/** Milliseconds. */
const PATIENCE = 300;

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

/** Whether the plane of a context is another process than this one, and there. */
export const runsElsewhere = async (context: Context | undefined): Promise<boolean> =>
  context?.plane !== undefined && context.plane.pid !== process.pid && (await isRunning(context)) === true;
