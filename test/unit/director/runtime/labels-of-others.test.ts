/** Labels of a runtime that a tenant sees and does not own: a new one is refused in other words than one that is there. */
import { expect, it } from 'vitest';
import { ADMIN, askedDirector } from '../../../support/director-asked.ts';

it('is told which right is missing', async () => {
  const { ask, refusal } = await askedDirector();
  const { id } = (await ask('mutation { result: registerRuntime(in: {name: "r", labels: {known: 1}}) { id } }')).data!.result as {
    id: string;
  };
  const guest = '1eba80dd-8ff6-54ee-be4d-77944d17b10b';
  await ask(
    `mutation { result: addTenantAccess(in: {tenantID: "${guest}", resourceType: RUNTIME, resourceID: "${id}", owner: false}) { owner } }`,
  );
  const asGuest = { ...ADMIN, tenant: { id: guest, externalId: guest } };
  const set = (key: string) =>
    refusal(`mutation { result: setRuntimeLabel(runtimeID: "${id}", key: "${key}", value: 2) { key } }`, asGuest);
  expect(await set('known')).toBe(
    'The operation is not allowed [reason=entity does not exist or caller tenant does not have owner access]',
  );
  expect(await set('new')).toBe(
    `Unauthorized [reason=Tenant ${guest} does not have access to the parent of the currently created runtimeLabel: tenant ${guest} does not have access to the parent resource runtime with ID ${id}]`,
  );
});
