/** The Provisioner's own manners behind the Gateway. */
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/local/options.ts';
import { type Plane, startPlane } from '../../../src/local/plane.ts';

let plane: Plane;
beforeAll(async () => {
  plane = await startPlane({
    ...DEFAULT_OPTIONS,
    version: '0.0.0-test',
    dataDir: tmpdir(),
    provisionerProfile: 'current',
    provider: 'simulated',
  });
});
afterAll(() => plane.close());

it('any text is a tenant', async () => {
  const answer = await fetch(`${plane.ready.provisioner}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${plane.ready.token}`, tenant: 'nobody knows' },
    body: JSON.stringify({ query: '{ runtimeStatus(id: "x") { hibernationStatus { hibernated } } }' }),
  });
  expect(await answer.json()).toMatchObject({
    errors: [{ message: "Cannot find Tenant for runtimeID:'x" }],
    data: { runtimeStatus: null },
  });
});

it('the page at its root asks where it stands, with what is needed to ask', async () => {
  const answer = await fetch(`${plane.ready.provisioner}/`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
  const page = await answer.text();
  expect([...page.matchAll(/<input name="(\w+)"/g)].map(([, name]) => name)).toEqual(['authorization', 'tenant']);
  // It is all there is: a page of a plane without a network works, too.
  expect(page).not.toMatch(/https?:|src=|href=/);
  const [, wanted = ''] = /location\.pathname\.replace\(\/(.*)\/, '\/graphql'\)/.exec(page) ?? [];
  for (const path of ['/provisioner', '/provisioner/', '/behind/a/proxy/'])
    expect(path.replace(new RegExp(wanted), '/graphql')).toMatch(/[a-z]\/graphql$/);
});

it('the Connector has such a page, too, which asks for a one-time token', async () => {
  const answer = await fetch(`${plane.ready.connector}/`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
  expect(await answer.text()).toContain('<input name="connector-token"');
});

it('there is nothing elsewhere, told in plain text', async () => {
  const answer = await fetch(`${plane.ready.provisioner}/nothing`);
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    404,
    'text/plain; charset=utf-8',
    '404 page not found\n',
  ]);
});
