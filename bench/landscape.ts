/** Landscapes to measure on: registries filled by the Director's own rules, many changes to a transaction, without HTTP between. */
import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { registerApplication } from '../src/director/application/rules.ts';
import { applications } from '../src/director/application/records.ts';
import type { WriteCall } from '../src/director/call.ts';
import { formations } from '../src/director/formation/records.ts';
import { registerRuntime } from '../src/director/runtime/registration.ts';
import { runtimes } from '../src/director/runtime/records.ts';
import { seed } from '../src/director/seed.ts';
import { writeTenants } from '../src/director/tenant/writing.ts';
import { tenants } from '../src/director/tenant/records.ts';
import { openFileRegistry } from '../src/registry/file/registry.ts';
import type { Registry } from '../src/registry/contract.ts';
import { COLLECTIONS } from '../src/local/collections.ts';
import { DEFAULT_TENANT } from '../src/local/plane.ts';
import { temporaryFolder } from './processes.ts';

export const FORMATIONS = Array.from({ length: 20 }, (_, index) => `formation-${index}`);
/** Applications in formations, spread evenly over all of them. */
export const PARTICIPANTS = 1_000;
/** Labels `group` are `g0` to `g99`. */
const GROUPS = 100;
/** Accounts and their subaccounts below one customer. */
const ACCOUNTS = 100;
const SUBACCOUNTS = 99;
const TOGETHER = 250;

export const groupOf = (index: number) => `g${index % GROUPS}`;
export const accountID = (account: number) => `account-${account}`;
export const subaccountID = (account: number, index: number) => `subaccount-${account}-${index}`;
export const CUSTOMER = 'customer-0';

export interface Landscape {
  /** Of the plane: what `--data-dir` is given, once it was copied. */
  readonly dir: string;
  /** Some of the applications. */
  readonly ids: readonly string[];
  readonly runtime: string;
}

export interface Wanted {
  readonly applications: number;
  readonly bundles: number;
  readonly tenantTree: boolean;
}

const known = new Map<string, Promise<Landscape>>();

/** Filled once in a run for each wish. */
export function landscape(wanted: Wanted): Promise<Landscape> {
  const key = JSON.stringify(wanted);
  let found = known.get(key);
  if (!found) known.set(key, (found = fill(wanted)));
  return found;
}

/** A copy that a plane may change. */
export function copied({ dir }: Landscape): string {
  const copy = temporaryFolder();
  cpSync(dir, join(copy, 'data'), { recursive: true });
  return copy;
}

async function fill({ applications: count, bundles, tenantTree }: Wanted): Promise<Landscape> {
  const dir = temporaryFolder();
  const registry = await openFileRegistry({ dir, collections: COLLECTIONS, durability: 'fast', foldBytes: Number.MAX_SAFE_INTEGER });
  await registry.write({ by: 'bench', operation: 'seed' }, (tx) => seed(tx, false));
  const write = writer(registry, await registry.read(async (tx) => (await tx.find(tenants, 'externalID', DEFAULT_TENANT))[0]!.id));
  if (tenantTree) await write(plantTree);
  await write(makeFormations);
  const runtime = await write(async (call) => {
    const { runtime: made } = await registerRuntime(call, { name: 'runtime' });
    await call.tx.put(runtimes, { ...made, scenarios: { [call.caller.tenant!.id]: FORMATIONS } });
    return made.id;
  });
  const ids: string[] = [];
  for (let from = 0; from < count; from += TOGETHER)
    await write(async (call) => {
      for (let index = from; index < Math.min(count, from + TOGETHER); index++) ids.push(await register(call, index, bundles));
    });
  await registry.close();
  return { dir, ids: Array.from({ length: 1_000 }, (_, index) => ids[Math.floor((index * ids.length) / 1_000)]!), runtime };
}

const writer =
  (registry: Registry, tenant: string) =>
  <T>(work: (call: WriteCall) => Promise<T>): Promise<T> =>
    registry.write({ by: 'bench', operation: 'fill' }, (tx) =>
      work({
        tx,
        caller: {
          consumer: { id: 'bench', type: 'Static User' },
          flow: 'JWT',
          scopes: [],
          tenant: { id: tenant, externalId: DEFAULT_TENANT },
        },
        now: () => new Date().toISOString(),
        newId: randomUUID,
      }),
    );

async function register(call: WriteCall, index: number, bundles: number): Promise<string> {
  const record = await registerApplication(call, {
    name: `application-${index}`,
    providerName: 'p',
    labels: { group: groupOf(index) },
    bundles: Array.from({ length: bundles }, (_, bundle) => ({ name: `bundle-${bundle}` })),
  });
  if (index < PARTICIPANTS)
    await call.tx.put(applications, {
      ...record,
      scenarios: { [call.caller.tenant!.id]: [FORMATIONS[index % FORMATIONS.length]!] },
    });
  return record.id;
}

async function makeFormations(call: WriteCall): Promise<void> {
  for (const name of FORMATIONS)
    await call.tx.put(formations, {
      id: randomUUID(),
      tenant: call.caller.tenant!.id,
      formationTemplateId: randomUUID(),
      name,
      state: 'READY',
      createdAt: call.now(),
    });
}

async function plantTree(call: WriteCall): Promise<void> {
  const provider = 'bench';
  await writeTenants(call, [{ externalTenant: CUSTOMER, name: 'customer', type: 'customer', provider }]);
  for (let account = 0; account < ACCOUNTS; account++)
    await writeTenants(call, [
      { externalTenant: accountID(account), name: `account ${account}`, type: 'account', provider, parents: [CUSTOMER] },
      ...Array.from({ length: SUBACCOUNTS }, (_, index) => ({
        externalTenant: subaccountID(account, index),
        name: `subaccount ${account} ${index}`,
        type: 'subaccount',
        provider,
        parents: [accountID(account)],
        region: 'eu',
      })),
    ]);
}
