/** What every rule of the Director is given: a transaction, the caller, a clock and a source of ids. Nothing of GraphQL, HTTP or a storage backend. */
import type { Identity } from '../identity/identity.ts';
import type { ReadTx, WriteTx } from '../registry/contract.ts';
import { invalidOperation, tenantRequired } from './errors.ts';

export interface Call<T extends ReadTx = ReadTx> {
  readonly tx: T;
  readonly caller: Identity;
  /** The instant of the call as the wire writes it: ISO 8601, UTC. */
  now(): string;
  /** A new UUID v4. */
  newId(): string;
}

export type WriteCall = Call<WriteTx>;

const writes = ({ tx }: Call): boolean => 'put' in tx;

/**
 * Internal id of the tenant of the call. A token may name an internal id that no tenant has: there is nothing to be read there, and nothing is stored.
 * @throws TenantRequired; InvalidOperation
 */
export function tenantOf(call: Call): string {
  const tenant = call.caller.tenant;
  if (!tenant) throw tenantRequired();
  if (tenant.externalId === '' && writes(call)) throw invalidOperation('The referenced entity does not exists', 'tenantAccess');
  return tenant.id;
}
