/** Runtimes as clients register and change them: where they go, what stays, and where the events of their systems go (`reference: facts/runtimes.md 2, 6, 9, 14`). */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../src/identity/identity.ts';
import { ADMIN, askedDirector, type AskedDirector, DEFAULT_TENANT } from '../../../support/director-asked.ts';

let plane: AskedDirector;
/** In a subaccount of the default account. */
let below: Identity;

async function done<T = { id: string }>(mutation: string, caller: Identity = ADMIN): Promise<T> {
  const { data, errors } = await plane.ask(`mutation { result: ${mutation} }`, caller);
  expect(errors).toBeUndefined();
  return data!.result as T;
}
const read = async (query: string, caller: Identity = ADMIN) => (await plane.ask(`{ result: ${query} }`, caller)).data?.result;
const subaccount = (name: string) =>
  done<string>(
    `writeTenant(in: {externalTenant: "${name}", name: "${name}", type: "subaccount", provider: "test", parents: ["${DEFAULT_TENANT}"]})`,
  );

beforeEach(async () => {
  plane = await askedDirector();
  below = { ...ADMIN, tenant: { id: await subaccount('sub'), externalId: 'sub' } };
});

describe('the label global_subaccount_id', () => {
  const registering = (value: string) => `registerRuntime(in: {name: "r", labels: {global_subaccount_id: ${value}}}) { id labels }`;

  it.each(['"sub"', '["sub"]'])('%s sends the runtime there, as written', async (value) => {
    const { labels } = await done<{ labels: Record<string, unknown> }>(registering(value));
    expect(labels['global_subaccount_id']).toEqual(JSON.parse(value));
    expect(await read('runtimes { totalCount }', below)).toEqual({ totalCount: 1 });
  });

  it.each([
    ['"nobody"', 'Object not found [object=tenant]'],
    ['["sub", "sub"]', 'while converting global_subaccount_id label: expected single value for label'],
    ['[]', 'while converting global_subaccount_id label: expected single value for label'],
    ['""', 'cannot cast label value: expected []string or string'],
    ['5', 'cannot cast label value: expected []string or string'],
    ['[5]', 'cannot cast label value: expected []string or string'],
    ['{a: "sub"}', 'cannot cast label value: expected []string or string'],
    [`"af9f84a9-1d3a-4d9f-ae0c-94f883b33b6e"`, 'Tenant provided in global_subaccount_id label should be child of the caller tenant'],
  ])('%s is refused, and nothing is registered', async (value, why) => {
    expect(await plane.refusal(`mutation { result: ${registering(value)} }`)).toContain(why);
    expect(await read('runtimes { totalCount }')).toEqual({ totalCount: 0 });
  });

  it('names no tenant above, beside or two levels below', async () => {
    await subaccount('other');
    await done(`writeTenant(in: {externalTenant: "deep", name: "deep", type: "folder", provider: "test", parents: ["sub"]})`);
    for (const [caller, value] of [
      [below, DEFAULT_TENANT],
      [below, 'other'],
      [ADMIN, 'deep'],
    ] as const)
      expect(await plane.refusal(`mutation { result: ${registering(`"${value}"`)} }`, caller)).toContain(
        'should be child of the caller tenant',
      );
  });
});

it('an update keeps a description that it does not name, clears an empty one, and begins with INITIAL and new labels', async () => {
  const { id } = await done('registerRuntime(in: {name: "r", description: "d", labels: {a: 1, b: 2}, statusCondition: CONNECTED}) { id }');
  const FIELDS = 'name description status { condition } labels';
  const updating = (more: string) => done<object>(`updateRuntime(id: "${id}", in: {name: "r2"${more}}) { ${FIELDS} }`);
  const labels = { isNormalized: 'true' };
  const initial = { name: 'r2', description: 'd', status: { condition: 'INITIAL' }, labels };
  expect(await updating('')).toEqual(initial);
  expect(await updating(', description: null, labels: null, statusCondition: FAILED')).toEqual({
    ...initial,
    status: { condition: 'FAILED' },
  });
  expect(await updating(', description: "", labels: {c: []}')).toEqual({ ...initial, description: null, labels: { ...labels, c: [] } });
  expect(await updating(', labels: {isNormalized: false, runtimeType: "kyma"}')).toMatchObject({ labels: { isNormalized: false } });
});

it('events go where the formations of the reader say: one of the account counts for the account alone', async () => {
  await done(
    'createFormationTemplate(in: {name: "suite", applicationTypes: ["shop"], runtimeTypes: ["kyma"], runtimeTypeDisplayName: "Kyma", runtimeArtifactKind: ENVIRONMENT_INSTANCE}) { id }',
  );
  await done('createFormation(formation: {name: "f1", templateName: "suite"}) { id }');
  const provisioner = { ...ADMIN, consumer: { id: 'provisioner', type: 'Integration System' } } as Identity;
  const labels = '{global_subaccount_id: "sub", runtime_eventServiceUrl: "https://gateway.example.com"}';
  const runtime = await done(`registerRuntime(in: {name: "r", labels: ${labels}}) { id }`, provisioner);
  const shop = await done('registerApplication(in: {name: "Web Shop", labels: {applicationType: "shop"}}) { id }', below);
  const joining = (id: string, type: string) =>
    done(`assignFormation(objectID: "${id}", objectType: ${type}, formation: {name: "f1"}) { id }`);
  await joining(shop.id, 'APPLICATION');
  await joining(runtime.id, 'RUNTIME');
  const events = async (caller: Identity) =>
    ((await read(`application(id: "${shop.id}") { eventingConfiguration { defaultURL } }`, caller)) as { eventingConfiguration: object })
      .eventingConfiguration;
  expect(await events(below)).toEqual({ defaultURL: '' });
  expect(await events(ADMIN)).toEqual({ defaultURL: 'https://gateway.example.com/mp-web-shop/v1/events' });
  const mark = `${shop.id}_defaultEventing`;
  expect(await read(`runtimes(filter: [{key: "${mark}"}]) { data { id labels(key: "${mark}") } }`)).toEqual({
    data: [{ id: runtime.id, labels: {} }],
  });
});

describe('a subscription to several instances', () => {
  const payload = (...instances: readonly (readonly [string, string])[]) =>
    JSON.stringify(
      JSON.stringify({
        subscriptionGUID: 'guid',
        dependentServiceInstancesInfo: instances.map(([appId, providerSubaccountId]) => ({ appId, appName: 'app', providerSubaccountId })),
      }),
    );
  const asking = (word: string, app: string, text: string) =>
    `${word}(providerID: "x", subaccountID: "sub", providerSubaccountID: "x", consumerTenantID: "customer", region: "eu", ${app}subscriptionPayload: ${text})`;
  const subscribing = (text: string) => asking('subscribeTenant', 'subscriptionAppName: "x", ', text);
  const unsubscribing = (text: string) => asking('unsubscribeTenant', '', text);
  const contexts = async () =>
    (
      (await read('runtimes { data { name runtimeContexts { totalCount } } }', below)) as {
        data: { name: string; runtimeContexts: object }[];
      }
    ).data;

  beforeEach(async () => {
    await subaccount('provider');
    for (const name of ['one', 'two']) {
      const labels = `{global_subaccount_id: "provider", subscriptionProviderId: "${name}", region: "eu"}`;
      await done(`registerRuntime(in: {name: "${name}", labels: ${labels}}) { id }`);
    }
  });

  it('gives a context on each, and takes each again; those of nobody count for nothing', async () => {
    const all = payload(['one', 'provider'], ['nobody', 'provider'], ['two', 'provider'], ['nobody', 'x']);
    expect(await done(subscribing(all))).toBe(true);
    expect(await contexts()).toEqual(['one', 'two'].map((name) => ({ name, runtimeContexts: { totalCount: 1 } })));
    expect(await done(unsubscribing(payload(['two', 'provider'])))).toBe(true);
    expect(await contexts()).toMatchObject([{ runtimeContexts: { totalCount: 1 } }, { runtimeContexts: { totalCount: 0 } }]);
    expect(await done(unsubscribing(all))).toBe(true);
    expect(await done(subscribing(payload(['nobody', 'provider'])))).toBe(false);
    expect(await done(subscribing(payload()))).toBe(false);
  });

  it('is undone as a whole where one fails', async () => {
    const failing = payload(['one', 'provider'], ['two', 'unknown']);
    expect(await plane.refusal(`mutation { result: ${subscribing(failing)} }`)).toBe('Object not found [object=tenant]');
    expect(await contexts()).toEqual([]);
    expect(await plane.refusal(`mutation { result: ${subscribing(payload(['one', 'provider'], ['two', '']))} }`)).toContain(
      'Provider subaccount ID should not be empty',
    );
    expect(await contexts()).toEqual([]);
  });
});
