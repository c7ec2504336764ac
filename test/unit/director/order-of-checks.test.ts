/** Of several things that are wrong with a call one is told: which, is the wire's order (`reference: facts/runtimes.md 1.2, 1.4`). */
import { beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, ADMIN_OF_NOTHING, type AskedDirector, askedDirector } from '../../support/director-asked.ts';

let director: AskedDirector;
beforeAll(async () => {
  director = await askedDirector();
});

const NOBODY = { ...ADMIN_OF_NOTHING, scopes: [''] };
const MISSING_FIRST = "Invalid data [reason=missing required parameter 'first']";
const PAGE_SIZE = 'Invalid data [reason=page size must be between 1 and 200]';

describe('pages', () => {
  it.each(['runtimes', 'applications', 'formations', 'automaticScenarioAssignments'])(
    '%s: scopes, then a size of null, then the tenant, then the size, then the cursor',
    async (list) => {
      const query = (page: string) => `{ result: ${list}(${page}) { totalCount } }`;
      expect(await director.refusal(query('first: null'), NOBODY)).toMatch(/^insufficient scopes/);
      expect(await director.refusal(query('first: null'), ADMIN_OF_NOTHING)).toBe(MISSING_FIRST);
      expect(await director.refusal(query('first: 0'), ADMIN_OF_NOTHING)).toBe('Tenant is required');
      expect(await director.refusal(query('first: 0, after: "!!"'))).toBe(PAGE_SIZE);
      expect(await director.refusal(query('after: "!!"'))).toBe('Invalid data [reason=cursor is not correct]');
    },
  );

  it('health checks have none', async () =>
    expect((await director.ask('{ result: healthChecks(first: null, after: "!!") { totalCount } }')).data?.result).toEqual({
      totalCount: 0,
    }));

  const NO_MEMBERS = '{key: "scenarios", query: "$[*] ? (@ == \\"none\\")"}';

  it.each([
    ['applications', '', PAGE_SIZE],
    ['applicationsByLocalTenantID', 'localTenantID: "x", ', undefined],
  ])('%s of formations without members: neither cursor nor other filters are looked at', async (list, key, refused) => {
    const query = (page: string) =>
      `{ result: ${list}(${key}filter: [{key: "a", query: "no JSON"}, ${NO_MEMBERS}], ${page}) { totalCount pageInfo { startCursor } } }`;
    const nothing = { totalCount: 0, pageInfo: { startCursor: '!!' } };
    expect((await director.ask(query('after: "!!"'))).data?.result).toEqual(nothing);
    if (refused) expect(await director.refusal(query('first: 0, after: "!!"'))).toBe(refused);
    else expect((await director.ask(query('first: 0, after: "!!"'))).data?.result).toEqual(nothing);
  });

  it('runtimes of formations without members: the size is looked at, the cursor is not', async () => {
    const filter = `filter: [${NO_MEMBERS}]`;
    expect(await director.refusal(`{ result: runtimes(${filter}, first: 0) { totalCount } }`)).toBe(PAGE_SIZE);
    const { data } = await director.ask(
      `{ result: runtimes(${filter}, after: "!!") { totalCount pageInfo { startCursor endCursor hasNextPage } } }`,
    );
    expect(data?.result).toEqual({ totalCount: 0, pageInfo: { startCursor: '!!', endCursor: '', hasNextPage: false } });
  });
});

describe('inputs', () => {
  it.each([
    'registerApplication(in: {name: "x"}, mode: null)',
    'unregisterApplication(id: "11111111-1111-4111-8111-111111111111", mode: null)',
    'unpairApplication(id: "11111111-1111-4111-8111-111111111111", mode: null)',
  ])('no mode can be null: %s', async (field) => {
    expect(await director.refusal(`mutation { result: ${field} { id } }`)).toMatch(/^Invalid data \[reason=the mode/);
    expect((await director.ask('{ result: applications { totalCount } }')).data?.result).toEqual({ totalCount: 0 });
  });

  const U = '11111111-1111-4111-8111-111111111111';
  it.each([
    [
      'a validated input before scopes and tenant',
      'registerRuntime(in: {name: ""}) { id }',
      NOBODY,
      'Invalid data RuntimeRegisterInput [name=cannot be blank]',
    ],
    [
      'scopes before a label',
      `setRuntimeLabel(runtimeID: "${U}", key: "", value: "") { key }`,
      NOBODY,
      'insufficient scopes provided [actual=; required=runtime:write]',
    ],
    [
      'a label before the tenant',
      `setRuntimeLabel(runtimeID: "${U}", key: "", value: "x") { key }`,
      ADMIN_OF_NOTHING,
      'Invalid data LabelInput [key=cannot be blank]',
    ],
    ['the tenant before the object', `updateRuntime(id: "${U}", in: {name: "x"}) { id }`, ADMIN_OF_NOTHING, 'Tenant is required'],
    [
      'the object before its labels',
      `updateRuntime(id: "${U}", in: {name: "x", labels: {scenarios: 1}}) { id }`,
      ADMIN,
      'Object not found [object=runtime]',
    ],
    [
      'the subaccount before the scenarios',
      'registerRuntime(in: {name: "x", labels: {scenarios: 1, global_subaccount_id: "x"}}) { id }',
      ADMIN,
      'Object not found [object=tenant]',
    ],
    [
      'a protected field before the input',
      'registerApplication(in: {name: "", localTenantID: "x"}) { id }',
      NOBODY,
      'insufficient scopes provided [actual=; required=application.local_tenant_id:write]',
    ],
    [
      'an unknown application before scopes',
      `unregisterApplication(id: "${U}") { id }`,
      { ...ADMIN, scopes: [''] },
      'Object not found [object=application]',
    ],
  ])('%s', async (_, field, caller, message) => expect(await director.refusal(`mutation { result: ${field} }`, caller)).toBe(message));
});
