/** Asks the Director in the same process, as the caller that the adapter was asked by: its rights are those of the caller. */
import type { Ask, Visitor } from '../director/desk.ts';
import type { Director } from '../director/director.ts';
import { DirectorError } from '../director/errors.ts';
import { UnknownTenant } from '../identity/errors.ts';
import { AdapterError } from './errors.ts';

/** Statuses by the number of the Director's error; all others are bad requests. */
const STATUS: Readonly<Record<number, number>> = { 20: 404, 21: 409, 23: 401, 26: 403 };

/** Its questions throw an AdapterError with the Director's text. */
export interface DirectorDesk {
  readonly ask: Ask;
}

export interface WritingDesk extends DirectorDesk {
  /** Everything that the work asks for is one change, named in the journal: it is there as a whole, or not at all. */
  change<T>(operation: string, work: (director: DirectorDesk) => Promise<T>): Promise<T>;
}

async function told<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof DirectorError)) throw error;
    throw new AdapterError(STATUS[error.code] ?? 400, `graphql: ${error.message}`);
  }
}

/** For who names a tenant that is not its own: the Director does not look at what it asks. */
export function strangersDesk(externalTenant: string): WritingDesk {
  const refuse = async (): Promise<never> => {
    throw new AdapterError(400, `graphql: ${new UnknownTenant(externalTenant).message}`);
  };
  return { ask: refuse, change: refuse };
}

export function directorDesk(director: Director, visitor: Visitor): WritingDesk {
  const desk = director.desk(visitor);
  return {
    ask: (document, variables) => told(desk.read(document, variables)),
    change: (operation, work) =>
      told(desk.change(operation, (ask) => work({ ask: (document, variables) => told(ask(document, variables)) }))),
  };
}
