import { beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, askedDirector, type AskedDirector } from '../../../support/director-asked.ts';

let plane: AskedDirector;
beforeEach(async () => {
  plane = await askedDirector();
});

const only = (...scopes: string[]) => ({ ...ADMIN, scopes });
const faults = async (document: string, caller = ADMIN) => {
  const { data, errors = [] } = await plane.ask(document, caller);
  return { data, paths: errors.map(({ path }) => path?.join('.')).sort() };
};
const formations = (...names: string[]) =>
  Promise.all(names.map((name) => plane.ask(`mutation { createFormation(formation: {name: "${name}"}) { id } }`)));

describe('a fault', () => {
  it('keeps no other from being told, and takes all with it that must not be null', async () => {
    expect(
      await faults('{ a: runtimes(first: 0) { totalCount } b: applications(first: 0) { totalCount } c: tenants { totalCount } }'),
    ).toEqual({
      data: null,
      paths: ['a', 'b'],
    });
  });

  it('of an element of a list is told for each of them', async () => {
    await formations('spring', 'summer');
    expect(await faults('{ result: formations { data { name tenantID } } }', only('formation:read'))).toEqual({
      data: null,
      paths: ['result.data.0.tenantID', 'result.data.1.tenantID'],
    });
  });

  it('stops at what may be null', async () => {
    await formations('spring');
    const document =
      '{ f: formationByName(name: "spring") { name ...F } r: runtimes { totalCount } } fragment F on Formation { t: tenantID }';
    expect(await faults(document, only('formation:read', 'runtime:read'))).toEqual({
      data: { f: null, r: { totalCount: 0 } },
      paths: ['f.t'],
    });
  });

  it('of a field that may be null takes nothing else', async () => {
    await plane.ask('mutation { registerRuntime(in: {name: "one"}) { id } }');
    const { data, paths } = await faults('{ result: runtimes { data { name runtimeContexts(first: 0) { totalCount } } } }');
    expect([data?.result, paths]).toEqual([{ data: [{ name: 'one', runtimeContexts: null }] }, ['result.data.0.runtimeContexts']]);
  });

  it('of one change leaves the later ones, in fragments, too', async () => {
    const document = `mutation { ...A c: registerIntegrationSystem(in: {name: "c"}) { name } }
      fragment A on Mutation { a: registerIntegrationSystem(in: {name: ""}) { id } b: registerIntegrationSystem(in: {name: "B"}) { id } }`;
    expect(await faults(document)).toEqual({ data: null, paths: ['a', 'b'] });
    expect((await plane.ask('{ result: integrationSystems { data { name } } }')).data?.result).toEqual({ data: [{ name: 'c' }] });
  });

  it('of an interface is found by the types that are asked for', async () => {
    const { result: app } = (await plane.ask('mutation { result: registerApplication(in: {name: "shop"}) { id } }')).data as {
      result: { id: string };
    };
    await plane.ask(`mutation { requestClientCredentialsForApplication(id: "${app.id}") { id } }`);
    const document = `{ result: application(id: "${app.id}") { auths { ... on AppSystemAuth { auth { oneTimeToken { token } } } } } nope: runtime(id: "x") { id } }`;
    expect(await faults(document)).toEqual({
      data: { result: { auths: [{ auth: { oneTimeToken: null } }] }, nope: null },
      paths: ['nope'],
    });
  });
});

describe('introspection', () => {
  it('shows what must not be null', async () => {
    const document = '{ __type(name: "Query") { fields { name type { kind } } } result: runtime(id: "x") { id } }';
    const { data } = (await plane.ask(document)) as { data: { __type: { fields: { name: string; type: { kind: string } }[] } } };
    expect(data.__type.fields.find(({ name }) => name === 'runtimes')?.type.kind).toBe('NON_NULL');
  });
});
