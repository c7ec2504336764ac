/** What errors of the driver mean to the Registry. */
import { RegistryUnavailable } from '../contract.ts';

interface DatabaseError extends Error {
  readonly code?: string;
  readonly constraint?: string;
}

const CONFLICTS = new Set(['40001', '40P01']);
const OURS = new Set(['entries_unique', 'entries_pkey', 'records_pkey']);
/** Connections that are lost, refused or taken away, servers that stop, start, stand by or are full. */
const UNAVAILABLE = /^(?:08...|57P0[1-5]|53...|58030|25006|25P03|28...|3D000)$/;
const SYSTEM = /^E[A-Z_]+$/;
/** What the driver says where no answer has come in time. */
const SILENCE = 'Query read timeout';
const LOST =
  /^(?:Query read timeout|Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded|timeout expired|Cannot use a pool)/;

/** Another transaction was in the way: the same work may succeed now. */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, constraint } = error as DatabaseError;
  // Both have looked for the key and put it: the second look tells properly.
  return code !== undefined && (CONFLICTS.has(code) || (code === '23505' && OURS.has(constraint ?? '')));
}

/** The server cannot be reached, or takes no work now. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '', message } = error as DatabaseError;
  return UNAVAILABLE.test(code) || SYSTEM.test(code) || LOST.test(message) || error instanceof AggregateError;
}

/** A statement was not answered in time: the network, or the server, is stuck. */
export const isSilence = (error: unknown): boolean => error instanceof Error && error.message === SILENCE;

function reasonOf(error: DatabaseError): string {
  if (isSilence(error)) return 'it does not answer';
  const [first] = error instanceof AggregateError ? (error.errors as Error[]) : [error];
  return first?.message || error.code || error.name;
}

/** The database cannot be used, or not now. */
class DatabaseUnavailable extends RegistryUnavailable {
  constructor(
    /** Its address without a password. */
    readonly database: string,
    why: string,
    cause: unknown,
  ) {
    super(`The database ${database} ${why}`, { cause });
  }
}

/** @param place without its password */
export const unavailable = (place: string, error: unknown) =>
  new DatabaseUnavailable(
    place,
    `cannot be used now (${reasonOf(error as DatabaseError)}). Nothing of this was stored; it can be tried again`,
    error,
  );

/** The connection went while the server was committing, and nobody could be asked afterwards. */
export const inDoubt = (place: string, error: unknown) =>
  new DatabaseUnavailable(
    place,
    `was lost during a commit (${reasonOf(error as DatabaseError)}): look whether the change is there before it is tried again`,
    error,
  );

export const tooManyConflicts = (place: string, error: unknown) =>
  new DatabaseUnavailable(
    place,
    'had others change the same records again and again. Nothing of this was stored; it can be tried again',
    error,
  );
