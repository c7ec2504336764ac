/** What landscapes are planted with. */
import { randomUUID } from 'node:crypto';
import { registerApplication } from '../src/director/application/rules.ts';
import { applications } from '../src/director/application/records.ts';
import type { WriteCall } from '../src/director/call.ts';
import { formations } from '../src/director/formation/records.ts';
import { type FormationAssignmentRecord, formationAssignments } from '../src/director/formation-assignment/records.ts';
import { createTemplate } from '../src/director/formation-template/rules.ts';
import { queueAssignments } from '../src/director/notification/outbox.ts';
import { registerRuntime } from '../src/director/runtime/registration.ts';
import { runtimes } from '../src/director/runtime/records.ts';
import { writeTenants } from '../src/director/tenant/writing.ts';
import { landscape, type Landscape, type Write } from './landscape.ts';

const FORMATIONS = Array.from({ length: 20 }, (_, index) => `formation-${index}`);
/** Applications in formations, spread evenly over all of them. */
const PARTICIPANTS = 1_000;
/** Applications with the same label `group` (`g0`, `g1`, …), in landscapes of any size; labels `half` are `h0` and `h1`. */
const GROUP = 100;
/** Accounts below one customer, and subaccounts below each of them. */
const ACCOUNTS = 100;
const SUBACCOUNTS = 99;
const TOGETHER = 250;

const groupOf = (index: number, count: number) => `g${index % Math.max(1, count / GROUP)}`;
export const subaccountID = (account: number, index: number) => `subaccount-${account}-${index}`;
const accountID = (account: number) => `account-${account}`;

export interface Planted {
  /** Of a thousand applications at most, spread over all. */
  readonly ids: readonly string[];
  /** Sees the applications in formations. */
  readonly runtime: string;
}

export type Shape = 'bare' | 'bundles';

/** Applications with a label; with `bundles` also two bundles and one API definition each. */
export const applicationsOf = (count: number, shape: Shape): Promise<Landscape<Planted>> =>
  landscape(`${count} ${shape}`, async (write) => {
    await write(async (call) => {
      for (const name of FORMATIONS) await makeFormation(call, name, randomUUID());
    });
    const ids = await registerAll(write, count, shape);
    const runtime = await write(async (call) => {
      const { runtime: made } = await registerRuntime(call, { name: 'runtime' });
      await call.tx.put(runtimes, { ...made, scenarios: { [call.caller.tenant!.id]: FORMATIONS } });
      return made.id;
    });
    const step = Math.max(1, count / 1_000);
    return { runtime, ids: Array.from({ length: Math.min(count, 1_000) }, (_, index) => ids[Math.floor(index * step)]!) };
  });

async function registerAll(write: Write, count: number, shape: Shape): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < count; from += TOGETHER)
    await write(async (call) => {
      for (let index = from; index < Math.min(count, from + TOGETHER); index++)
        ids.push(await register(call, index, groupOf(index, count), shape));
    });
  return ids;
}

const BUNDLES = [
  { name: 'orders', apiDefinitions: [{ name: 'orders', targetURL: 'https://shop.example.com/orders' }] },
  { name: 'prices' },
];

async function register(call: WriteCall, index: number, group: string, shape: Shape): Promise<string> {
  const record = await registerApplication(call, {
    name: `application-${index}`,
    providerName: 'p',
    labels: { group, half: `h${index % 2}` },
    ...(shape === 'bundles' && { bundles: BUNDLES }),
  });
  if (index < PARTICIPANTS) await join(call, record.id, FORMATIONS[index % FORMATIONS.length]!);
  return record.id;
}

async function join(call: WriteCall, applicationID: string, formation: string): Promise<void> {
  const record = (await call.tx.get(applications, applicationID))!;
  await call.tx.put(applications, { ...record, scenarios: { [call.caller.tenant!.id]: [formation] } });
}

async function makeFormation(call: WriteCall, name: string, formationTemplateId: string): Promise<string> {
  const id = call.newId();
  const tenant = call.caller.tenant!.id;
  await call.tx.put(formations, { id, tenant, formationTemplateId, name, state: 'READY', createdAt: call.now() });
  return id;
}

/** A customer with 100 accounts with 99 subaccounts each: 10,001 tenants. */
export const tenantTree = (): Promise<Landscape<void>> =>
  landscape('tenants', async (write) => {
    const provider = 'bench';
    await write((call) => writeTenants(call, [{ externalTenant: 'customer-0', name: 'customer', type: 'customer', provider }]));
    for (let account = 0; account < ACCOUNTS; account++)
      await write((call) =>
        writeTenants(call, [
          { externalTenant: accountID(account), name: `account ${account}`, type: 'account', provider, parents: ['customer-0'] },
          ...Array.from({ length: SUBACCOUNTS }, (_, index) => ({
            externalTenant: subaccountID(account, index),
            name: `subaccount ${account} ${index}`,
            type: 'subaccount',
            provider,
            parents: [accountID(account)],
            region: 'eu',
          })),
        ]),
      );
  });

/** The type of systems that take part in formations of the template `suite`. */
const SYSTEM = 'system';

const makeTemplate = (call: WriteCall) => createTemplate(call, { name: 'suite', applicationTypes: [SYSTEM] });

const registerSystem = (call: WriteCall, name: string, url: string) =>
  registerApplication(call, {
    name,
    providerName: 'p',
    labels: { applicationType: SYSTEM },
    webhooks: [
      {
        type: 'APPLICATION_TENANT_MAPPING',
        mode: 'SYNC',
        urlTemplate: JSON.stringify({ path: `${url}/{{.SourceApplication.ID}}`, method: 'POST' }),
        inputTemplate: '{"operation":"{{.Operation}}"}',
        outputTemplate: '{"error":"{{.Body.error}}","success_status_code":200}',
      },
    ],
  });

interface Members {
  readonly formation: string;
  /** What each is to be told about each other. */
  readonly assignments: readonly FormationAssignmentRecord[];
}

/** A formation of systems that are told at that address; how far they have been told of each other is for `state`. */
async function plantFormation(call: WriteCall, url: string, template: string, size: number, state: 'READY' | 'INITIAL'): Promise<Members> {
  const name = `formation-of-${size}`;
  const formation = await makeFormation(call, name, template);
  const members: string[] = [];
  for (let index = 0; index < size; index++) {
    members.push((await registerSystem(call, `${name}-${index}`, url)).id);
    await join(call, members.at(-1)!, name);
  }
  const assignments = members.flatMap((source) =>
    members.map((target, written): FormationAssignmentRecord => ({
      id: call.newId(),
      formationID: formation,
      tenant: call.caller.tenant!.id,
      source,
      sourceType: 'APPLICATION',
      target,
      targetType: 'APPLICATION',
      state: source === target ? 'READY' : state,
      operations: [],
      written,
    })),
  );
  for (const assignment of assignments) await call.tx.put(formationAssignments, assignment);
  return { formation, assignments: assignments.filter(({ source, target }) => source !== target) };
}

/** Formations `formation-of-10` and so on, everybody in them told of everybody, and a system that is in none, whose id is answered. */
export const formationsOf = (sizes: readonly number[], url: string): Promise<Landscape<string>> =>
  landscape(`formations of ${sizes.join()} at ${url}`, (write) =>
    write(async (call) => {
      const { id } = await makeTemplate(call);
      for (const size of sizes) await plantFormation(call, url, id, size, 'READY');
      return (await registerSystem(call, 'joining', url)).id;
    }),
  );

/** Applications, and a formation of systems of which each is still to be told about each other, as a crash leaves it. Answers the number of deliveries. */
export const untold = (systems: number, url: string): Promise<Landscape<Planted & { readonly deliveries: number }>> =>
  landscape(`${systems} untold systems at ${url}`, async (write) => {
    const ids = await registerAll(write, 1_000, 'bundles');
    const deliveries = await write(async (call) => {
      const { formation, assignments } = await plantFormation(call, url, (await makeTemplate(call)).id, systems, 'INITIAL');
      await queueAssignments(
        call,
        formation,
        assignments.map((assignment) => ({ assignment })),
      );
      return assignments.length;
    });
    return { ids, runtime: '', deliveries };
  });
