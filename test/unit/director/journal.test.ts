/** The journal tells who changed what, and by which operation. */
import { expect, test } from 'vitest';
import { askedDirector, DEFAULT_TENANT } from '../../support/director-asked.ts';

test('each mutation of a document is told by its own name', async () => {
  const { registry, ask } = await askedDirector();
  const told: string[] = [];
  registry.watch(({ about }) => told.push(`${about.by}: ${about.operation} in ${about.tenant}`));
  await ask('mutation { a: registerRuntime(in: {name: "a"}) { id } b: registerApplication(in: {name: "b"}) { id } }');
  expect(told).toEqual([
    `Static User admin: registerRuntime in ${DEFAULT_TENANT}`,
    `Static User admin: registerApplication in ${DEFAULT_TENANT}`,
  ]);
});
