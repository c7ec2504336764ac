/** Rules of the Director called directly, each in a transaction on a registry of the test's own. */
import { randomUUID } from 'node:crypto';
import type { Call, WriteCall } from '../../src/director/call.ts';
import type { Identity } from '../../src/identity/identity.ts';
import { openMemoryRegistry } from '../../src/registry/memory/registry.ts';

/** A caller in the tenant with that internal id, or in none. */
export const callerIn = (tenant?: string): Identity => ({
  ...(tenant ? { tenant: { id: tenant, externalId: tenant } } : {}),
  consumer: { id: 'tester', type: 'Static User' },
  flow: 'JWT',
  scopes: [],
});

export function directorCalls() {
  const registry = openMemoryRegistry();
  const surroundings = { now: () => new Date().toISOString(), newId: () => randomUUID() };
  return {
    registry,
    write: <T>(rule: (call: WriteCall) => Promise<T>, caller = callerIn()): Promise<T> =>
      registry.write({ by: 'test', operation: 'test' }, (tx) => rule({ tx, caller, ...surroundings })),
    read: async <T>(rule: (call: Call) => Promise<T>, caller = callerIn()): Promise<T> =>
      registry.read((tx) => rule({ tx, caller, ...surroundings })),
  };
}
