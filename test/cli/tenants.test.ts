import { afterAll, beforeAll, expect, test } from 'vitest';
import { compass } from './support/compass.ts';
import { fault, page, type StandIn, standIn } from './support/director.ts';

const tenant = (id: string, name: string) => ({ id, internalID: `internal-${id}`, name, type: 'account', provider: 'x', parents: [] });
const all = [tenant('1', 'acme'), tenant('2', 'twin'), tenant('3', 'twin')];

let director: StandIn;
beforeAll(async () => {
  director = await standIn({
    Tenants: { data: page(all) },
    Tenant: ({ variables }) => {
      const found = all.find(({ id }) => id === variables.id);
      return found ? { data: { tenant: { ...found, labels: {} } } } : fault('Object not found [object=tenant]', 'NotFound', 20);
    },
    DeleteTenants: { data: { count: 1 } },
  });
});
afterAll(() => director.close());
const run = (...words: string[]) => compass(['tenant', ...words, '--url', director.url]);

test.each(['1', 'acme'])('a tenant is found by id and by name: %s', async (asked) => {
  expect(JSON.parse((await run('get', asked, '--json')).stdout)).toMatchObject({ id: '1', name: 'acme' });
});

test('a name that several have is refused with their ids', async () => {
  const ran = await run('delete', 'twin', '--yes');
  expect([ran.exit, ran.stderr]).toEqual([2, expect.stringContaining('2, 3')]);
});

test('one that is not there is told with those that are near', async () => {
  const ran = await run('get', 'acne');
  expect([ran.exit, ran.stderr]).toEqual([3, expect.stringContaining('Did you mean acme?')]);
});

test('deletes by id, whatever was typed', async () => {
  await run('delete', 'acme', '--yes');
  expect(director.asked.at(-1)).toMatchObject({ operation: 'DeleteTenants', variables: { ids: ['1'] } });
});
