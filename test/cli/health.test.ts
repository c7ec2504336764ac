/** Which systems of a plane are well. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { compass } from './support/compass.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** Answers `/healthz` of each system with the status given for it. */
async function plane(statuses: Readonly<Record<string, number>>): Promise<string> {
  server = createServer((request, response) => {
    const status = statuses[request.url!.split('/')[1]!] ?? 404;
    const page = { data: [], totalCount: 0, pageInfo: { startCursor: '', endCursor: '', hasNextPage: false } };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ data: { page } }));
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('tells each system by itself', async () => {
  const url = await plane({ director: 200, connector: 503, provisioner: 200 });
  const { stdout, exit } = await compass(['health', '--url', url, '--token', 't', '--json']);
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([
    { system: 'director', condition: 'SUCCEEDED', message: null },
    { system: 'connector', condition: 'FAILED', message: 'HTTP 503' },
    { system: 'provisioner', condition: 'SUCCEEDED' },
  ]);
});

test('fails as any command where nobody is there', async () => {
  const { exit, stderr } = await compass(['health', '--url', 'http://127.0.0.1:9', '--token', 't']);
  expect(exit).toBe(6);
  expect(stderr).toContain('does not answer');
});
