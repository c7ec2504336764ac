import { afterEach, describe, expect, it } from 'vitest';
import { EventParser } from '../../../src/client/events.ts';
import { Replies } from '../../../src/cli/listen/replies.ts';
import { concernedBy } from '../../../src/cli/listen/report.ts';
import { forwardAddress, type Listener, startListener } from '../../../src/cli/listen/server.ts';
import { shownRequest } from '../../../src/cli/listen/show.ts';
import { compass } from '../support/compass.ts';

const asked = { method: 'POST', path: '/shop?x=1', body: '{"operation":"assign"}' };

describe('replies', () => {
  it('are given in turn, and the last one stays', () => {
    const replies = new Replies({ replies: [{ status: 500, times: 2 }, { status: 404 }, { body: { state: 'READY' } }] }, 'file');
    expect(Array.from({ length: 6 }, () => replies.next(asked)!.status)).toEqual([500, 500, 404, 200, 200, 200]);
  });
  it('fit by path, method and what the body contains', () => {
    const replies = new Replies(
      {
        replies: [
          { when: { path: '/crm' }, status: 201 },
          { when: { contains: '"unassign"' }, status: 204 },
          { when: { method: 'post' }, status: 202 },
        ],
      },
      'file',
    );
    expect(replies.next(asked)!.status).toBe(202);
    expect(replies.next({ ...asked, path: '/crm' })!.status).toBe(201);
    expect(replies.next({ ...asked, body: '{"operation":"unassign"}' })!.status).toBe(204);
    expect(replies.next({ ...asked, method: 'GET' })).toBeUndefined();
  });
  it('may be one alone, any text, and reports come with 202', () => {
    expect(new Replies({ body: 'garbage' }, 'file').next(asked)).toMatchObject({ status: 200, headers: {}, body: 'garbage' });
    expect(new Replies({ report: { after: '2s', state: 'READY', configuration: { a: 1 } } }, 'file').next(asked)).toMatchObject({
      status: 202,
      report: { after: 2000, state: 'READY', configuration: { a: 1 } },
    });
  });
  it.each([
    [{ stauts: 200 }, 'file: "stauts" is unknown'],
    [{ status: 99 }, 'file.status: it must be a status'],
    [{ status: '200' }, 'file.status: it must be a number'],
    [{ replies: [] }, 'file.replies: a list of replies is expected'],
    [{ replies: [{ delay: 'soon' }] }, '"soon" is no duration'],
    [{ report: { sate: 'READY' } }, 'file.report: "sate" is unknown'],
  ])('that are wrong are refused: %j', (content, message) => expect(() => new Replies(content, 'file')).toThrow(message));
});

describe('whom a report concerns', () => {
  const request = { path: '/', headers: {}, body: '' };
  it.each([
    [
      { ...request, body: '{"formationId":"f","assignmentId":"a"}' },
      { formation: 'f', assignment: 'a' },
    ],
    [
      { ...request, body: '{"context":{"uclFormationId":"f"},"receiverTenant":{"uclAssignmentId":"a"}}' },
      { formation: 'f', assignment: 'a' },
    ],
    [
      { ...request, path: '/x?formation_id=f', headers: { 'formation-assignment-id': 'a' } },
      { formation: 'f', assignment: 'a' },
    ],
    [{ ...request, body: '{"formationID":"f"}' }, { formation: 'f' }],
    [{ ...request, body: 'no json' }, undefined],
  ])('%j', (given, expected) => expect(concernedBy(given)).toEqual(expected));
});

it.each([
  ['http://host:1/hooks/', '/shop?a=1', 'http://host:1/hooks/shop?a=1'],
  ['http://host/hooks?key=x', '/shop?a=1', 'http://host/hooks/shop?key=x&a=1'],
  ['http://host', '/', 'http://host/'],
])('%s and %s make %s', (base, path, whole) => expect(forwardAddress(base, path)).toBe(whole));

it('events are read however the stream is cut', () => {
  const text = ': hello\n\nretry: 1000\nid: 7.end\nevent: open\ndata: {"a":1}\n\nid: 8.0\nevent: assignment\ndata: {"b":\ndata: 2}\n\n';
  for (const size of [1, 3, 1000]) {
    const parser = new EventParser();
    const events = (text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? []).flatMap((part) => parser.push(part));
    expect(events).toEqual([
      { id: '7.end', type: 'open', data: { a: 1 } },
      { id: '8.0', type: 'assignment', data: { b: 2 } },
    ]);
    expect(parser.position).toBe('8.0');
  }
});

it('what is shown masks credentials and cannot steer the terminal', () => {
  const received = { time: 't', method: 'POST', path: '/', headers: { authorization: 'Bearer abc', 'x-a': '1' }, body: 'a\u001b[2J' };
  const reply = { status: 200, headers: {}, body: '{}', delay: 0 };
  const { lines, value } = shownRequest(received, reply, false, 'shop');
  expect(lines.join('\n')).not.toMatch(/abc|\u001b/);
  expect(JSON.stringify(value)).not.toContain('abc');
  expect(shownRequest(received, reply, true, 'shop').lines.join('\n')).toContain('Bearer abc');
});

describe('a listener', () => {
  let listeners: Listener[] = [];
  afterEach(async () => {
    await Promise.all(listeners.map((listener) => listener.close()));
    listeners = [];
  });
  const start = async (more: Partial<Parameters<typeof startListener>[0]> = {}) => {
    const seen: string[] = [];
    const listener = await startListener({
      port: 0,
      host: '127.0.0.1',
      reply: () => ({ status: 207, headers: { 'x-own': 'yes' }, body: 'here', delay: 0 }),
      onRequest: ({ method, path, body }) => seen.push(`${method} ${path} ${body}`),
      ...more,
    });
    listeners.push(listener);
    return { ...listener, seen };
  };

  it('passes requests on and answers back', async () => {
    const behind = await start();
    const front = await start({ forwardTo: `${behind.url}/app` });
    const answer = await fetch(`${front.url}/hook?a=1`, { method: 'POST', body: 'hello' });
    expect([answer.status, answer.headers.get('x-own'), await answer.text()]).toEqual([207, 'yes', 'here']);
    expect(behind.seen).toEqual(['POST /app/hook?a=1 hello']);
  });
  it('says 502 where nobody is there', async () => {
    const front = await start({ forwardTo: 'http://127.0.0.1:1' });
    expect((await fetch(front.url, { method: 'POST', body: '' })).status).toBe(502);
  });
  it('cuts the connection where it is told to', async () => {
    const listener = await start({ reply: () => ({ status: 200, headers: {}, body: '', delay: 0, trouble: 'close' }) });
    await expect(fetch(listener.url)).rejects.toThrow();
  });
});

it('webhook listen ends with 7 where too few requests come', async () => {
  const { exit, stdout } = await compass([
    'webhook',
    'listen',
    '--url',
    'http://127.0.0.1:1',
    '--count',
    '1',
    '--timeout',
    '50ms',
    '--json',
  ]);
  expect(exit).toBe(7);
  expect(stdout).toContain('0 of 1 requests came');
});
