import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../src/client/notifications.ts';
import { ago, explain } from '../../../src/cli/formation/explain.ts';
import { changes, lineOf } from '../../../src/cli/formation/follow.ts';
import { faultLines, matrixOf } from '../../../src/cli/formation/matrix.ts';
import type { Assignment, Progress } from '../../../src/cli/formation/progress.ts';

const NOW = new Date('2026-01-01T12:00:00.000Z');

const assignment = (source: string, target: string, state: string, more: Partial<Assignment> = {}): Assignment => ({
  id: `${source}-${target}`,
  source: `id-${source}`,
  sourceType: 'APPLICATION',
  sourceName: source,
  target: `id-${target}`,
  targetType: 'APPLICATION',
  targetName: target,
  state,
  value: null,
  configuration: null,
  error: null,
  fault: null,
  operation: null,
  lastStateChangeTimestamp: null,
  lastNotificationSentTimestamp: null,
  ...more,
});

const progress = (assignments: readonly Assignment[], formation: Partial<Progress['formation']> = {}): Progress => ({
  formation: {
    id: 'f1',
    name: 'orders',
    formationTemplateId: 't',
    state: 'READY',
    error: null,
    lastStateChangeTimestamp: null,
    status: { condition: 'IN_PROGRESS', errors: null },
    ...formation,
  },
  assignments,
});

const delivery = (more: Partial<Delivery> = {}): Delivery => ({
  id: 'd1',
  kind: 'notification',
  formationID: 'f1',
  formationName: 'orders',
  operation: 'assign',
  requestID: 'r',
  sentAt: '',
  duration: 12,
  request: { method: 'POST', url: 'http://crm/hook' },
  ...more,
});

const explained = (given: Progress, last: Record<string, Delivery> = {}) =>
  explain(given, { last: new Map(Object.entries(last)), now: NOW });

describe('what an assignment waits for', () => {
  it('a report, where the call was accepted', () => {
    const [finding] = explained(
      progress([assignment('shop', 'crm', 'INITIAL', { lastNotificationSentTimestamp: '2026-01-01T11:57:00.000Z' })]),
      { 'shop-crm': delivery({ response: { status: 202 } }) },
    );
    expect(finding!.what).toBe('crm was told about shop 3 minutes ago, and has not reported yet.');
    expect(finding!.why).toContain('POST http://crm/hook was answered with 202 in 12 ms.');
    expect(finding!.todo).toContain('PATCH /v1/businessIntegrations/f1/assignments/shop-crm/status');
  });

  it('the call, where there was none', () => {
    expect(explained(progress([assignment('shop', 'crm', 'INITIAL')]))[0]!.what).toBe('crm has not been told about shop yet.');
    expect(explained(progress([assignment('shop', 'crm', 'DELETING')]))[0]!.what).toBe('crm is to be told that shop leaves.');
  });

  it('the other side, where configuration is missing', () => {
    const [pending] = explained(progress([assignment('shop', 'crm', 'CONFIG_PENDING'), assignment('crm', 'shop', 'CREATE_ERROR')]));
    expect(pending!.what).toBe('crm knows about shop, and needs configuration from shop before it is done.');
    expect(pending!.why).toBe('shop itself is CREATE_ERROR about crm.');
    const [stuck] = explained(progress([assignment('shop', 'crm', 'CONFIG_PENDING'), assignment('crm', 'shop', 'READY')]));
    expect(stuck!.why).toContain('shop is READY about crm and gave no configuration');
    expect(stuck!.todo).toContain('--reset');
  });

  it('somebody who mends it, where it failed', () => {
    const refused = { fault: { message: 'Post "http://crm/hook": dial tcp 127.0.0.1:1: connect: connection refused', errorCode: 1 } };
    const [technical] = explained(progress([assignment('shop', 'crm', 'CREATE_ERROR', refused)]), { 'shop-crm': delivery() });
    expect(technical!.why).toBe(`The call failed: ${refused.fault.message}. POST http://crm/hook got no answer.`);
    expect(technical!.todo).toContain('Nothing answers there');
    expect(technical!.todo).toContain('`compass notification resend d1`');
    const [said] = explained(
      progress([assignment('shop', 'crm', 'DELETE_ERROR', { fault: { message: 'orders are open.', errorCode: 2 } })]),
    );
    expect([said!.what, said!.why]).toEqual(['shop could not leave crm.', 'crm said: orders are open.']);
    expect(said!.todo).toContain('`compass formation resync orders`');
  });
});

describe('what the formation itself waits for', () => {
  it.each([
    ['DRAFT', 'finalize'],
    ['INITIAL', 'leading product'],
    ['DELETING', 'deleted'],
    ['CREATE_ERROR', 'no room'],
  ])('in %s', (state, words) => {
    const [finding] = explained(progress([assignment('a', 'a', 'INITIAL')], { state, error: { message: 'no room', errorCode: 2 } }));
    expect(`${finding!.what} ${finding!.why} ${finding!.todo}`).toContain(words);
    expect(finding!.assignmentID).toBeNull();
  });
  it('nothing, where all is READY', () => expect(explained(progress([assignment('a', 'b', 'READY')]))).toEqual([]));
});

it.each([
  ['2026-01-01T11:59:59.000Z', '1 second ago'],
  ['2026-01-01T10:00:00.000Z', '2 hours ago'],
  ['2025-12-30T12:00:00.000Z', '2 days ago'],
  ['2026-01-01T12:00:05.000Z', '0 seconds ago'],
])('%s is %s', (since, words) => expect(ago(since, NOW)).toBe(words));

it('the square has a row for who is told and a column for whom it is about', () => {
  const given = progress([
    assignment('shop', 'crm', 'CREATE_ERROR', { fault: { message: 'no', errorCode: 2 } }),
    assignment('crm', 'shop', 'READY'),
    assignment('crm', 'crm', 'READY'),
    assignment('shop', 'shop', 'INITIAL'),
  ]);
  expect(matrixOf(given)).toEqual({
    titles: ['TOLD \\ ABOUT', 'crm', 'shop'],
    rows: [
      ['crm', '·', 'CREATE_ERROR'],
      ['shop', 'READY', 'INITIAL'],
    ],
  });
  expect(faultLines(given)).toEqual(['crm about shop: no']);
});

describe('what happens', () => {
  const names = new Map([
    ['id-shop', 'shop'],
    ['id-crm', 'crm'],
  ]);
  const time = '2026-01-01T12:00:00.000Z';
  it('is a line each', () => {
    const data = { source: 'id-shop', target: 'id-crm', state: 'CREATE_ERROR', error: 'no room' };
    expect(lineOf({ time, type: 'assignment', data }, names)).toBe('12:00:00.000  crm about shop: CREATE_ERROR (no room)');
    const call = { ...delivery({ response: { status: 200 }, answer: { state: 'READY', error: '' } }), source: 'id-shop', target: 'id-crm' };
    expect(lineOf({ time, type: 'notification', data: call as never }, names)).toBe(
      '12:00:00.000  crm about shop: assign POST http://crm/hook -> 200 in 12 ms (READY)',
    );
  });
  it('is what differs between two looks, where there are no events', () => {
    const before = progress([assignment('a', 'b', 'INITIAL'), assignment('b', 'a', 'READY'), assignment('c', 'a', 'READY')]);
    const now = progress([assignment('a', 'b', 'READY'), assignment('b', 'a', 'READY'), assignment('d', 'a', 'INITIAL')]);
    expect(changes(before, now).map(({ data }) => `${String(data['id'])} ${String(data['state'] ?? data['isGone'])}`)).toEqual([
      'a-b READY',
      'd-a INITIAL',
      'c-a true',
    ]);
  });
});
