/** The Director for other systems of the same process: documents are carried out with the checks of the wire, in the name of a caller. */
import { execute } from 'graphql';
import { documentReader } from '../wire/documents.ts';
import { noteCaller } from './consumer/note.ts';
import type { DirectorContext, DirectorCore } from './context.ts';
import { errorTeller } from './failures.ts';
import type { Request } from './http/exchange.ts';

/** Carries a document out and answers its data. @throws DirectorError, the first of the answer */
export type Ask = <T>(document: string, variables?: Readonly<Record<string, unknown>>) => Promise<T>;

export interface Desk {
  /** For queries. */
  readonly read: Ask;
  /**
   * Carries out several documents in one transaction, named in the journal: what they change stays if the work succeeds, and nothing of it otherwise; work that was told an error must pass it on.
   * The work may be done again where another transaction came between. Specs are fetched after the commit and before the answer.
   */
  change<T>(operation: string, work: (ask: Ask) => Promise<T>): Promise<T>;
}

export type Visitor = Pick<Request, 'caller' | 'requestId'>;

export function deskMaker(director: DirectorCore): (visitor: Visitor) => Desk {
  const read = documentReader(director.schema.published);
  const { told, ofRegistry } = errorTeller(director);
  const refused = (error: unknown): never => {
    throw ofRegistry(error) ?? error;
  };

  const askingIn =
    (context: DirectorContext): Ask =>
    async <T>(text: string, variables: Readonly<Record<string, unknown>> = {}) => {
      const reading = read(text);
      if ('faults' in reading) throw new Error(`a document of ours: ${reading.faults.map(({ message }) => message).join('; ')}`);
      const { data, errors } = await execute({
        schema: director.schema.tolerant,
        document: reading.document,
        variableValues: variables,
        contextValue: context,
      });
      const [error] = errors ?? [];
      if (error) throw told(error);
      return data as T;
    };

  return (visitor) => {
    const request = { ...visitor, headers: {} };
    return {
      async read<T>(document: string, variables?: Readonly<Record<string, unknown>>) {
        await noteCaller(director, visitor);
        const answer = director.registry.read((tx) => askingIn(director.contextFor(request, tx))<T>(document, variables));
        return Promise.resolve(answer).catch(refused);
      },
      async change(operation, work) {
        await noteCaller(director, visitor);
        let waiting: ((ctx: DirectorContext) => Promise<void>)[] = [];
        const latest = { ...director.contextFor(request, director.registry.latest), operation };
        const done = await latest
          .write((call) => {
            waiting = [];
            return work(askingIn({ ...latest, call, write: async (inner) => inner(call), afterCommit: (later) => waiting.push(later) }));
          })
          .catch(refused);
        for (const later of waiting) await later(latest);
        return done;
      },
    };
  };
}
