import { expect, it } from 'vitest';
import { apiDefinitions } from '../../../../src/director/api/records.ts';
import { registerApplication } from '../../../../src/director/application/rules.ts';
import type { ApplicationRegisterInput } from '../../../../src/director/schema/types.generated.ts';
import { callerIn, directorCalls } from '../../../support/director-calls.ts';

const everything = (more: Partial<ApplicationRegisterInput> = {}): ApplicationRegisterInput => ({
  name: 'shop',
  labels: { tier: 1 },
  webhooks: [{ type: 'CONFIGURATION_CHANGED', url: 'https://shop.example.com/hook' }],
  bundles: [
    {
      name: 'orders',
      apiDefinitions: [{ name: 'a', targetURL: 'https://shop.example.com', spec: { type: 'OPEN_API', format: 'JSON', data: '{}' } }],
      eventDefinitions: [{ name: 'e' }],
      documents: [{ title: 't', displayName: 't', description: 'd', format: 'MARKDOWN' }],
    },
  ],
  ...more,
});

const unreadable = { additionalHeadersSerialized: '[' };

it.each<[string, Partial<ApplicationRegisterInput>]>([
  ['the auth of the last bundle', { bundles: [...everything().bundles!, { name: 'last', defaultInstanceAuth: unreadable }] }],
  [
    'the fetch request of the last document',
    {
      bundles: [
        {
          name: 'b',
          documents: [
            { title: 't', displayName: 't', description: 'd', format: 'MARKDOWN', fetchRequest: { url: 'http://x.yz', auth: unreadable } },
          ],
        },
      ],
    },
  ],
  ['a second webhook of one type', { webhooks: [...everything().webhooks!, ...everything().webhooks!] }],
  ['a label without a value', { labels: { tier: null } }],
  ['an unknown integration system', { integrationSystemID: '3e64ebae-38b5-46a0-b1ed-9ccee153a0ab' }],
])('a registration that fails for %s leaves nothing behind, and its name free', async (_, more) => {
  const { registry, write } = directorCalls();
  const register = (input: ApplicationRegisterInput) => write((call) => registerApplication(call, input), callerIn('T'));
  const before = (await registry.info()).records;
  await expect(register(everything(more))).rejects.toThrow();
  expect((await registry.info()).records).toEqual(before);
  expect(await register(everything())).toMatchObject({ name: 'shop' });
  expect((await registry.info()).records).toMatchObject({ applications: 1, webhooks: 1, bundles: 1, apiDefinitions: 1, documents: 1 });
});

it('reads serialized texts before anything is looked up, even the tenant', async () => {
  const { write } = directorCalls();
  const login = { type: 'CONFIGURATION_CHANGED', url: 'https://x.example.com', auth: unreadable } as const;
  for (const more of [{ webhooks: [login] }, { bundles: [{ name: 'b', defaultInstanceAuth: unreadable }] }])
    await expect(write((call) => registerApplication(call, { name: 'shop', integrationSystemID: 'none', ...more }))).rejects.toThrow(
      'unable to unmarshal HTTP headers',
    );
});

it('of a spec with a text and a fetch request, which only a registration can bring, the text counts', async () => {
  const { write, registry } = directorCalls();
  const fetched = { type: 'OPEN_API', format: 'JSON', fetchRequest: { url: 'https://x.example.com' } } as const;
  const api = (name: string, data?: string) => ({
    name,
    targetURL: 'https://x.example.com',
    spec: { ...fetched, ...(data === undefined ? {} : { data }) },
  });
  const bundles = [{ name: 'b', apiDefinitions: [api('both', '{}'), api('empty', ''), api('fetched')] }];
  const { id } = await write((call) => registerApplication(call, { name: 'shop', bundles }), callerIn('T'));
  const stored = await registry.read((tx) => tx.find(apiDefinitions, 'application', id));
  expect(stored.filter(({ fetchRequest }) => fetchRequest).map(({ name }) => name)).toEqual(['fetched']);
});
