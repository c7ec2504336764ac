/** What the sockets do with requests, whatever is behind them. */
import http from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type Handler, requestListener } from '../../../src/gateway/listener.ts';

let server: http.Server;
const reports: string[] = [];

async function serving(handle: Handler, bodyLimit = 100): Promise<string> {
  server = http.createServer(requestListener({ handle, bodyLimit, report: (message) => reports.push(message) }));
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

/** As programs do that read no answer before they have sent everything. */
function sentWhole(url: string, head: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
      .setNoDelay()
      .pause();
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk))).on('error', reject);
    socket.on('close', () => resolve(answer));
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${head}\r\n\r\n`);
    setTimeout(() => socket.write(body, () => setTimeout(() => socket.resume(), 50)), 50);
  });
}

it.each([
  ['its length', (size: number) => `content-length: ${size}`, (body: string) => body],
  ['parts', () => 'transfer-encoding: chunked', (body: string) => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`],
])('a body over the limit is refused so that who sends it hears of it: told by %s', async (_, head, framed) => {
  let handled = 0;
  const url = await serving(async () => ({ status: 200, body: String((handled += 1)) }), 1_000_000);
  expect(await sentWhole(url, head(9_000_000), framed('x'.repeat(9_000_000)))).toMatch(/^HTTP\/1\.1 413 /);
  expect(handled).toBe(0);
});

it('a body without end is cut off', async () => {
  const url = await serving(async () => ({ status: 200, body: '' }));
  const endless = new ReadableStream({ pull: (stream) => stream.enqueue(Buffer.alloc(10_000, 'x')) });
  const answer = await fetch(url, {
    method: 'POST',
    body: endless,
    duplex: 'half',
    signal: AbortSignal.timeout(5_000),
  } as RequestInit).catch((error: Error) => error);
  expect(answer instanceof Error ? answer.name : answer.status).toSatisfy((seen) => seen === 413 || seen === 'TypeError');
});
