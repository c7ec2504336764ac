/** The Director: made once by the composition root, asked by the Gateway. */
import { randomUUID } from 'node:crypto';
import type { Identity } from '../identity/identity.ts';
import type { ReadTx, WriteTx } from '../registry/contract.ts';
import type { Call } from './call.ts';
import { CONCEPTS } from './concepts.ts';
import type { DirectorCore, DirectorOptions } from './context.ts';
import { type Desk, deskMaker, type Visitor } from './desk.ts';
import { graphqlEndpoint } from './http/graphql.ts';
import type { Answer, Request } from './http/exchange.ts';
import { buildDirectorSchema } from './schema/build.ts';

/** The Director as other systems of the process know it. */
export interface Director extends DirectorCore {
  /** Answers a request to `/graphql`. */
  graphql(request: Request): Promise<Answer>;
  /** Where other systems of this process ask, in that caller's name. */
  desk(visitor: Visitor): Desk;
}

export function createDirector(options: DirectorOptions): Director {
  const clock = options.clock ?? (() => new Date());
  const newId = options.newId ?? randomUUID;
  const callFor = <T extends ReadTx>(caller: Identity, tx: T): Call<T> => ({ tx, caller, now: () => clock().toISOString(), newId });
  const schema = buildDirectorSchema(CONCEPTS);
  const director: Director = {
    ...options,
    schema,
    callFor,
    contextFor: ({ caller, headers, requestId }, tx) => ({
      director,
      caller,
      call: callFor(caller, tx),
      headers,
      requestId,
      deferred: [],
      operation: '',
      write(work) {
        const about = {
          by: `${caller.consumer.type || 'unknown'} ${caller.consumer.id}`.trim(),
          operation: this.operation,
          ...(caller.tenant ? { tenant: caller.tenant.id } : {}),
        };
        return options.registry.write(about, (writing: WriteTx) => work(callFor(caller, writing)));
      },
    }),
    graphql: (request) => endpoint(request),
    desk: (visitor) => deskOf(visitor),
  };
  const endpoint = graphqlEndpoint(director);
  const deskOf = deskMaker(director);
  return director;
}
