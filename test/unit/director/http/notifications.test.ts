import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerDirector } from '../../../../src/director/http/routes.ts';
import type { Identity } from '../../../../src/identity/identity.ts';
import { callerIn } from '../../../support/director-calls.ts';
import { ACCOUNT, landscape } from '../notification/landscape.ts';

let plane: Awaited<ReturnType<typeof landscape>>;
beforeEach(async () => {
  plane = await landscape();
  await plane.application('shop', 'SYNC');
  await plane.application('crm');
  await plane.assign('shop');
});
afterEach(() => plane.close());

const reader = { ...callerIn(ACCOUNT), scopes: ['formation:read', 'formation:write'] };
let requests = 0;
async function ask(path: string, { caller = reader, method = 'GET' }: { caller?: Identity; method?: string } = {}) {
  const [route = '', query = ''] = path.split('?');
  const answer = await answerDirector(plane.director, {
    method,
    path: `/v1/notifications${route}`,
    query,
    headers: {},
    body: '',
    caller,
    requestId: `r${requests++}`,
  });
  return { status: answer.status, body: JSON.parse(answer.body || 'null') };
}

describe('reading deliveries', () => {
  it('lists the newest first without bodies, and shows one whole', async () => {
    await plane.assign('crm');
    await plane.unassign('crm');
    const { body } = await ask('?formation=production');
    expect(body.data.map(({ operation }: { operation: string }) => operation)).toEqual(['unassign', 'assign']);
    expect(body.data[0].request).toEqual({ method: 'POST', url: `${plane.receiver.url}/shop` });
    expect(body.totalCount).toBe(2);
    const one = await ask(`/${body.data[1].id}`);
    expect(one.body.request.body).toContain('"operation":"assign"');
    expect(one.body.tenant).toBeUndefined();
  });

  it('pages, and finds those that failed', async () => {
    plane.receiver.replies['/shop'] = { status: 400, body: { error: 'no room' } };
    await plane.assign('crm');
    plane.receiver.replies['/shop'] = {};
    await plane.application('erp');
    await plane.assign('erp');
    const page = await ask('?first=1');
    expect([page.body.data.length, page.body.pageInfo.hasNextPage]).toEqual([1, true]);
    const next = await ask(`?first=1&after=${encodeURIComponent(page.body.pageInfo.endCursor)}`);
    expect(next.body.data[0].answer.error).toBe('no room');
    expect((await ask('?failed=true')).body.data).toHaveLength(1);
  });

  it('tells strangers nothing', async () => {
    await plane.assign('crm');
    const [{ id }] = (await ask('')).body.data;
    const stranger = { ...callerIn('1eba80dd-8ff6-54ee-be4d-77944d17b10b'), scopes: ['formation:read'] };
    expect((await ask('', { caller: stranger })).body.data).toEqual([]);
    expect((await ask(`/${id}`, { caller: stranger })).status).toBe(404);
    expect((await ask(`?formation=${(await plane.formation()).id}`, { caller: stranger })).status).toBe(404);
    expect((await ask('?formation=production', { caller: stranger })).status).toBe(404);
    expect((await ask('', { caller: { ...reader, scopes: [] } })).status).toBe(403);
    expect((await ask('', { caller: { ...callerIn(), scopes: ['formation:read'] } })).status).toBe(400);
    expect((await ask(`/${id}/resend`, { caller: { ...reader, scopes: ['formation:read'] }, method: 'POST' })).status).toBe(403);
    expect((await ask('?first=0')).status).toBe(400);
    expect((await ask('?formation=none')).status).toBe(404);
    expect((await ask('', { method: 'DELETE' })).status).toBe(405);
  });
});

describe('sending again', () => {
  const only = async () => (await ask('?failed=true')).body.data[0];

  it('calls that one alone, and gives the new delivery', async () => {
    await plane.application('erp', 'SYNC');
    await plane.assign('erp');
    plane.receiver.replies['/shop'] = { status: 400, body: { error: 'no room' } };
    plane.receiver.replies['/erp'] = { status: 400, body: { error: 'nor here' } };
    await plane.assign('crm');
    plane.receiver.replies['/shop'] = {};
    const failed = (await ask('?failed=true')).body.data.find(({ target }: { target: string }) => target === 'shop');
    plane.receiver.told.length = 0;
    const { status, body } = await ask(`/${failed.id}/resend`, { method: 'POST' });
    expect(status).toBe(200);
    expect(body.data).toHaveLength(1);
    expect(body.data[0]).toMatchObject({ source: 'crm', target: 'shop', response: { status: 200 } });
    expect(plane.receiver.told.map(({ path, state }) => `${path} ${state}`)).toEqual(['/shop CREATE_ERROR']);
    expect(await plane.assignments()).toContain('crm->shop READY');
    expect(await plane.assignments()).toContain('crm->erp CREATE_ERROR');
  });

  it('says what went wrong again', async () => {
    plane.receiver.replies['/shop'] = { body: { state: 'DELETE_ERROR' } };
    await plane.assign('crm').catch(() => undefined);
    plane.receiver.replies['/shop'] = { status: 500, body: {} };
    await plane.assign('crm');
    const { body } = await ask(`/${(await only()).id}/resend`, { method: 'POST' });
    expect(body.data[0].error).toContain("got '500'");
  });

  it('finishes a departure that failed', async () => {
    await plane.assign('crm');
    plane.receiver.replies['/shop'] = { status: 400, body: { error: 'orders are open' } };
    await plane.unassign('crm').catch(() => undefined);
    plane.receiver.replies['/shop'] = {};
    await ask(`/${(await only()).id}/resend`, { method: 'POST' });
    expect(await plane.assignments()).toEqual(['shop->shop READY']);
  });

  it('is refused where nothing is left to tell', async () => {
    await plane.assign('crm');
    const [{ id }] = (await ask('')).body.data;
    plane.receiver.told.length = 0;
    const ready = await ask(`/${id}/resend`, { method: 'POST' });
    expect([ready.status, ready.body.error]).toEqual([409, expect.stringContaining('the assignment is READY')]);
    await plane.unassign('crm');
    expect((await ask(`/${id}/resend`, { method: 'POST' })).body.error).toContain('the assignment is gone');
    expect(plane.receiver.told.map(({ operation }) => operation)).toEqual(['unassign']);
  });
});
