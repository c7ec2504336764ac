/** Regular expressions with a limit of time: Go's never take long, JavaScript's may take for ever. */
import { createContext, Script } from 'node:vm';
import { Fault } from '../error.ts';

/** Milliseconds for one function. */
const PATIENCE = 250;

interface Room {
  work: () => unknown;
}

/** Nothing of a template is run as code here: only while a script runs can V8 be told to stop. */
const room = createContext({ work: () => undefined }) as Room;
const script = new Script('work()');

/** Runs work that matches patterns. @throws Fault where it takes too long */
export function matching<T>(work: () => T): T {
  room.work = work;
  try {
    return script.runInContext(room as never, { timeout: PATIENCE }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new Fault(`the pattern takes longer than ${PATIENCE} ms`);
    throw error;
  } finally {
    room.work = () => undefined;
  }
}
