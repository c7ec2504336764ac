/** Labels of an object that a tenant sees and does not own: a new one is refused in other words than one that is there. */
import { expect, it } from 'vitest';
import { ADMIN, askedDirector } from '../../../support/director-asked.ts';

const GUEST = '1eba80dd-8ff6-54ee-be4d-77944d17b10b';
const AS_GUEST = { ...ADMIN, tenant: { id: GUEST, externalId: GUEST } };

it.each([
  ['runtime', 'Runtime'],
  ['application', 'Application'],
])('of a %s: it is told which right is missing', async (kind, title) => {
  const { ask, refusal } = await askedDirector();
  const registered = await ask(`mutation { result: register${title}(in: {name: "r", labels: {known: 1}}) { id } }`);
  const { id } = registered.data!.result as { id: string };
  const access = `{tenantID: "${GUEST}", resourceType: ${kind.toUpperCase()}, resourceID: "${id}", owner: false}`;
  await ask(`mutation { result: addTenantAccess(in: ${access}) { owner } }`);
  const set = (key: string) =>
    refusal(`mutation { result: set${title}Label(${kind}ID: "${id}", key: "${key}", value: 2) { key } }`, AS_GUEST);
  expect(await set('known')).toBe(
    'The operation is not allowed [reason=entity does not exist or caller tenant does not have owner access]',
  );
  expect(await set('new')).toBe(
    `Unauthorized [reason=Tenant ${GUEST} does not have access to the parent of the currently created ${kind}Label: tenant ${GUEST} does not have access to the parent resource ${kind} with ID ${id}]`,
  );
  expect(await set('scenarios')).toContain('label with key scenarios cannot be set explicitly');
  const remove = (key: string) => refusal(`mutation { result: delete${title}Label(${kind}ID: "${id}", key: "${key}") { key } }`, AS_GUEST);
  expect(await remove('known')).toBe('Unauthorized [reason=Owner access is needed for resource modification]');
  expect(await remove('new')).toBe(`Object not found [object=${kind}Label]`);
  const { data } = await ask(`{ result: ${kind}(id: "${id}") { labels(key: "known") } }`);
  expect(data!.result).toEqual({ labels: { known: 1 } });
});
