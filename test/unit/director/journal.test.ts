/** The journal tells who changed what, and by which operation. */
import { expect, test } from 'vitest';
import { CONCEPTS } from '../../../src/director/concepts.ts';
import { createDirector } from '../../../src/director/director.ts';
import { seed } from '../../../src/director/seed.ts';
import { ALL_SCOPES } from '../../../src/identity/scopes.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';

const TENANT = '3e64ebae-38b5-46a0-b1ed-9ccee153a0ae';

test('each mutation of a document is told by its own name', async () => {
  const registry = openMemoryRegistry({ collections: CONCEPTS.flatMap((concept) => [...(concept.collections ?? [])]) as never });
  await registry.write({ by: 'test', operation: 'seed' }, (tx) => seed(tx, false));
  const settings = {
    directorURL: '',
    connectorURL: '',
    legacyConnectorURL: '',
    oauthTokenURL: '',
    tokenLifetime: { application: 1, runtime: 1 },
    privateAddresses: false,
    asyncMode: false,
  };
  const director = createDirector({ registry, settings });
  const told: string[] = [];
  registry.watch(({ about }) => told.push(`${about.by}: ${about.operation} in ${about.tenant}`));
  await director.graphql({
    method: 'POST',
    path: '/graphql',
    query: '',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation { a: registerRuntime(in: {name: "a"}) { id } b: registerApplication(in: {name: "b"}) { id } }',
    }),
    caller: { tenant: { id: TENANT, externalId: TENANT }, consumer: { id: 'admin', type: 'Static User' }, flow: 'JWT', scopes: ALL_SCOPES },
    requestId: 'journal',
  });
  expect(told).toEqual([`Static User admin: registerRuntime in ${TENANT}`, `Static User admin: registerApplication in ${TENANT}`]);
});
