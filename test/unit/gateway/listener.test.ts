/** What the sockets do with requests, whatever is behind them. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type Handler, requestListener } from '../../../src/gateway/listener.ts';

let server: http.Server;
const reports: string[] = [];

async function serving(handle: Handler): Promise<string> {
  server = http.createServer(requestListener({ handle, bodyLimit: 100, report: (message) => reports.push(message) }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(() => server.close());

it.each([undefined, 'with a body'])('a fault of ours is told without its inside, and reported: %s', async (body) => {
  reports.length = 0;
  const url = await serving(() => Promise.reject(new Error('the inside')));
  const response = await fetch(url, { method: 'POST', ...(body === undefined ? {} : { body }), signal: AbortSignal.timeout(2_000) });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('the inside');
  expect(reports).toEqual(['a request failed']);
});

it('the id that a caller gives to its request comes back', async () => {
  const url = await serving(async ({ requestId }) => ({ status: 200, body: requestId }));
  const response = await fetch(url, { headers: { 'x-request-id': 'mine' } });
  expect(response.headers.get('x-request-id')).toBe('mine');
  expect(await response.text()).toBe('mine');
});
