/** Asks the Director in the same process, as the caller that the adapter was asked by: its rights are those of the caller. */
import { randomUUID } from 'node:crypto';
import type { Director } from '../director/director.ts';
import type { Identity } from '../identity/identity.ts';
import { AdapterError } from './errors.ts';

/** Statuses by the number of the Director's error; all others are bad requests. */
const STATUS: Readonly<Record<number, number>> = { 20: 404, 21: 409, 23: 401 };

interface GraphQLAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly error_code?: number } }[];
}

export interface DirectorDesk {
  /** @throws AdapterError with the first error of the answer */
  ask<T>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<T>;
}

export const directorDesk = (director: Director, caller: Identity): DirectorDesk => ({
  async ask<T>(query: string, variables: Readonly<Record<string, unknown>> = {}) {
    const { body } = await director.graphql({
      method: 'POST',
      path: '/graphql',
      query: '',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      caller,
      requestId: randomUUID(),
    });
    const { data, errors } = JSON.parse(body) as GraphQLAnswer;
    const [error] = errors ?? [];
    if (error) throw new AdapterError(STATUS[error.extensions?.error_code ?? 0] ?? 400, `graphql: ${error.message}`);
    return data as T;
  },
});
