import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download } from '../../../../src/director/spec/download.ts';
import type { FetchRequestRecord } from '../../../../src/director/spec/records.ts';

let answer: RequestListener;
let asked: number;
let url: string;
const server = createServer((request, response) => {
  asked += 1;
  answer(request, response);
});
beforeEach(async () => {
  asked = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/spec`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const fetchRequest = (more: Partial<FetchRequestRecord> = {}): FetchRequestRecord => ({
  id: '1',
  url,
  mode: 'SINGLE',
  status: { condition: 'INITIAL', timestamp: '' },
  ...more,
});
const get = (more: Partial<FetchRequestRecord> = {}, privateAddresses = true) => download(fetchRequest(more), { privateAddresses });

describe('getting a spec', () => {
  it('takes the first attempt that succeeds', async () => {
    answer = (_, response) => void response.writeHead(asked < 3 ? 503 : 200).end('text');
    expect(await get()).toEqual({ data: 'text', condition: 'SUCCEEDED' });
    expect(asked).toBe(3);
  });

  it.each([
    ['a NUL', Buffer.from('a\0b'), 'NUL'],
    ['other than UTF-8', Buffer.from([0xc3, 0x28]), 'UTF-8'],
  ])('fails on an answer with %s', async (_, body, words) => {
    answer = (__, response) => void response.end(body);
    const outcome = await get();
    expect(outcome).toMatchObject({ condition: 'FAILED', message: expect.stringContaining(words) as string });
    expect(outcome.data).toBeUndefined();
  });

  it('gives up on what is longer than it takes', async () => {
    answer = (_, response) => void response.end(Buffer.alloc(20 * 1024 * 1024 + 1, 'x'));
    const { condition, message } = await get();
    expect(condition).toBe('FAILED');
    expect(message).toMatch(/#3: .* longer than 20971520 bytes$/);
  });

  it('follows no redirect', async () => {
    answer = (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end();
    expect((await get()).message).toBe(
      'While fetching Spec: All attempts fail:\n#1: unexpected status code: 302\n#2: unexpected status code: 302\n#3: unexpected status code: 302',
    );
    expect(asked).toBe(3);
  });

  it('asks nobody with an access strategy that it does not know, nor at a private address where those are not called', async () => {
    expect(await get({ auth: { accessStrategy: 'magic' } })).toEqual({
      condition: 'FAILED',
      message: 'While fetching Spec: unsupported access strategy',
    });
    expect(await get({}, false)).toMatchObject({ condition: 'FAILED', message: expect.stringContaining('no public address') as string });
    expect(asked).toBe(0);
  });

  it('shows what the auth tells, and nothing else of it', async () => {
    const shown: (string | undefined)[] = [];
    answer = (request, response) => {
      if (request.method === 'POST') return void response.end('{"access_token": "secret", "token_type": "bearer"}');
      shown.push(request.headers.authorization, request.headers['x-more'] as string | undefined);
      return void response.end('text');
    };
    const basic = { kind: 'basic', username: 'ü', password: 'p' } as const;
    const oauth = { kind: 'oauth', clientId: 'c', clientSecret: 's', url } as const;
    for (const credential of [basic, oauth])
      expect(await get({ auth: { credential, additionalHeaders: { 'x-more': ['1'] } } })).toMatchObject({ condition: 'SUCCEEDED' });
    expect(await get({ auth: { credential: basic, accessStrategy: 'open' } })).toMatchObject({ condition: 'SUCCEEDED' });
    expect(shown).toEqual([`Basic ${Buffer.from('ü:p').toString('base64')}`, undefined, 'Bearer secret', undefined, undefined, undefined]);
  });

  it('asks for no token at a private address where those are not called', async () => {
    const oauth = { kind: 'oauth', clientId: 'c', clientSecret: 's', url } as const;
    const { condition, message } = await get({ url: 'https://spec.example.com', auth: { credential: oauth } }, false);
    expect([condition, message]).toEqual([
      'FAILED',
      'While fetching Spec: Get "https://spec.example.com": 127.0.0.1 is no public address, and this plane calls no others',
    ]);
    expect(asked).toBe(0);
  });

  it('has no way to log in without credentials of a kind that it knows', async () => {
    expect(await get({ auth: {} })).toMatchObject({
      condition: 'FAILED',
      message: expect.stringMatching(/#3: Invalid data \[reason=Credentials not provided\]$/) as string,
    });
    expect(asked).toBe(0);
  });
});
