/** What reaches the old REST interface, and what the Gateway answers itself. */
import type { TLSSocket } from 'node:tls';
import { expect, it } from 'vitest';
import type { Adapter } from '../../../src/adapter/adapter.ts';
import { adapterMounts } from '../../../src/gateway/adapter-mounts.ts';
import type { Clients } from '../../../src/gateway/clients.ts';
import { createGateway, NO_ROUTE } from '../../../src/gateway/gateway.ts';
import { NOBODY } from '../../../src/identity/identity.ts';

const REACHED = { status: 200, headers: {}, body: 'the adapter' };
const adapter: Adapter = {
  pairing: async () => REACHED,
  services: ({ path }) => (path.includes('/v1/metadata/') ? Promise.resolve(REACHED) : undefined),
};
const gateway = createGateway({ mounts: adapterMounts(adapter, {} as Clients), identify: () => ({ caller: NOBODY }) });
const ask = (method: string, path: string, tls = true) =>
  gateway({ method, path, query: '', headers: {}, body: '', requestId: 'r', remote: '127.0.0.1', ...(tls && { tls: {} as TLSSocket }) });

it.each([
  ['GET', '/v1/health', false],
  ['POST', '/v1/health', false],
  ['GET', '/v1/applications/nothing', false],
  ['DELETE', '/v1/applications/certificates', false],
  ['PUT', '/shop/v1/metadata/services/x', true],
])('%s %s is for the adapter', async (method, path, tls) => {
  expect(await ask(method, path, tls)).toBe(REACHED);
});

it.each([
  ['PATCH', '/v1/applications/certificates', true],
  ['HEAD', '/v1/health', true],
  ['GET', '/v1', true],
  ['GET', '/v1/nothing', true],
  ['GET', '/v1/health/x', true],
  ['GET', '/v1/applications', true],
  ['GET', '/v1/applicationsignals/x', true],
  ['GET', '/shop/v1/nothing', true],
  ['PATCH', '/shop/v1/metadata/services', true],
  ['GET', '/shop/v1/metadata/services', false],
])('%s %s is for nobody', async (method, path, tls) => {
  expect(await ask(method, path, tls)).toBe(NO_ROUTE);
});
