/** Who may report how an assignment stands, by what it is about (`reference: facts/formations.md 10`). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applications } from '../../../../src/director/application/records.ts';
import { applicationTemplates } from '../../../../src/director/application-template/records.ts';
import { formationAssignments } from '../../../../src/director/formation-assignment/records.ts';
import { answerStatusReport } from '../../../../src/director/notification/reports/status-api.ts';
import { runtimes } from '../../../../src/director/runtime/records.ts';
import { tenants, type TenantRecord } from '../../../../src/director/tenant/records.ts';
import { ACCOUNT, landscape } from './landscape.ts';

let plane: Awaited<ReturnType<typeof landscape>>;

const TENANT: TenantRecord = { id: '', externalID: '', name: '', type: 'subaccount', provider: '', parents: [], labels: {} };
const ownedBy = (tenant: string) => [
  { tenant, owner: true, source: tenant },
  { tenant: ACCOUNT, owner: true, source: tenant },
];

beforeAll(async () => {
  plane = await landscape();
  for (const name of ['managed', 'templated', 'anothers']) await plane.application(name);
  await plane.runtime('cluster');
  await plane.context('customer', 'cluster');
  await plane.ctx.write(async (call) => {
    for (const id of ['sub', 'guest', 'product']) await call.tx.put(tenants, { ...TENANT, id, externalID: `${id}-ext` });
    const change = async (id: string, more: object) => call.tx.put(applications, { ...(await call.tx.get(applications, id))!, ...more });
    await change('managed', {
      integrationSystemID: 'system',
      access: [...ownedBy('sub'), { tenant: 'guest', owner: false, source: 'guest' }],
    });
    await change('templated', { applicationTemplateID: 'template' });
    await call.tx.put(runtimes, { ...(await call.tx.get(runtimes, 'cluster'))!, access: ownedBy('sub') });
    const labels = { global_subaccount_id: 'product-ext' };
    await call.tx.put(applicationTemplates, {
      id: 'template',
      name: 'template',
      labels,
      placeholders: [],
      accessLevel: 'GLOBAL',
      applicationInput: {},
      createdAt: '',
      updatedAt: '',
    });
  });
  for (const name of ['managed', 'templated', 'anothers']) await plane.assign(name);
  await plane.assign('customer', 'RUNTIME_CONTEXT');
});
afterAll(() => plane.close());

/** `200` for who may; a report about somebody's assignment about itself changes nothing. */
async function statusFor(target: string, type: string, id: string, tenant?: string): Promise<number> {
  const all = await plane.registry.latest.find(formationAssignments, 'formation', (await plane.formation()).id);
  const assignment = all.find((one) => one.source === target && one.target === target)!;
  const identity = {
    consumer: { type, id },
    flow: 'JWT',
    scopes: [],
    ...(tenant && { tenant: { id: tenant, externalId: `${tenant}-ext` } }),
  };
  const { status } = await answerStatusReport(plane.director, {
    method: 'PATCH',
    path: `/v1/businessIntegrations/${assignment.formationID}/assignments/${assignment.id}/status`,
    headers: {},
    body: JSON.stringify({ state: 'READY' }),
    caller: identity,
    requestId: 'r',
  } as never);
  return status;
}

describe('about a system may report', () => {
  it.each([
    ['a user of the tenant of the formation', 'managed', 'Static User', 'x', ACCOUNT, 200],
    ["no other user, though the system be its tenant's", 'managed', 'Static User', 'x', 'sub', 401],
    ['the integration system that looks after it, in any tenant', 'managed', 'Integration System', 'system', 'product', 200],
    ['no other integration system', 'managed', 'Integration System', 'other', 'product', 401],
    ['nobody else with its id', 'managed', 'Runtime', 'system', 'product', 401],
    ['its template', 'templated', 'External Certificate', 'template', 'guest', 200],
    ['a tenant that owns it', 'managed', 'External Certificate', 'x', 'sub', 200],
    ['no tenant that only sees it', 'managed', 'External Certificate', 'x', 'guest', 401],
    ['the subaccount that its template is of', 'templated', 'External Certificate', 'x', 'product', 200],
    ['no other subaccount', 'templated', 'External Certificate', 'x', 'sub', 401],
    ['an Instance Creator', 'anothers', 'Instance Creator', 'x', 'product', 200],
    ['no business integration, as the formation is of no resource group', 'anothers', 'Business Integration', 'x', 'product', 401],
  ])('%s', async (_, target, type, id, tenant, status) => expect(await statusFor(target, type, id, tenant)).toBe(status));

  it('a business integration where the formation is of a resource group', async () => {
    const account = (await plane.registry.latest.get(tenants, ACCOUNT))!;
    const become = (type: string) => plane.ctx.write(async (call) => call.tx.put(tenants, { ...account, type }));
    await become('resource-group');
    expect(await statusFor('anothers', 'Business Integration', 'x', 'product')).toBe(200);
    await become(account.type);
  });

  it('nobody without a tenant', async () => {
    for (const type of ['Instance Creator', 'Integration System']) expect(await statusFor('managed', type, 'system')).toBe(400);
  });
});

describe('about the context of a runtime may report', () => {
  it.each([
    ['who owns the runtime', 'Static User', 'sub', 200],
    ['who stands above', 'External Certificate', ACCOUNT, 200],
    ['no stranger', 'Static User', 'guest', 401],
    ['not even an Instance Creator', 'Instance Creator', 'guest', 401],
  ])('%s', async (_, type, tenant, status) => expect(await statusFor('customer', type, 'x', tenant)).toBe(status));
});
