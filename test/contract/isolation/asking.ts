/** How a Director is asked, and what tenants have that it is asked about. */
import type { Director } from '../../../src/director/director.ts';
import type { Identity } from '../../../src/identity/identity.ts';
import { posted } from '../../support/director-asked.ts';

export interface Result {
  readonly status: number;
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly { readonly message: string; readonly extensions?: { readonly error: string; readonly error_code: number } }[];
  /** As sent. */
  readonly text: string;
}

export interface Tenant {
  /** Internal and external id. */
  readonly id: string;
  readonly externalId: string;
}

/** Ids and names of what one tenant has, and the words by which its data are known again. */
export type Estate = Readonly<Record<string, string>> & { readonly marker: string };

export type Ask = (caller: Identity, document: string) => Promise<Result>;

export function asking(director: Director): Ask {
  return async (caller, document) => {
    const answer = await director.graphql(posted(document, undefined, caller));
    const { data, errors } = JSON.parse(answer.body) as Partial<Result>;
    return { status: answer.status, data: data ?? null, errors: errors ?? [], text: answer.body };
  };
}

/** The answer's field `result`. @throws where there is an error: the landscape could not be prepared */
export async function done<T = { id: string }>(ask: Ask, caller: Identity, document: string): Promise<T> {
  const { data, text } = await ask(caller, document);
  const result = data?.['result'];
  if (result === null || result === undefined) throw new Error(`${document}\n${text}`);
  return result as T;
}
