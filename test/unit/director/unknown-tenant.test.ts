import { beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, askedDirector, type AskedDirector } from '../../support/director-asked.ts';

let plane: AskedDirector;
beforeEach(async () => {
  plane = await askedDirector();
});
const STRAY = { ...ADMIN, tenant: { id: '11111111-2222-4333-8444-555555555555', externalId: '' } };

describe('an internal id that no tenant has', () => {
  it('has nothing to read, and nothing is stored for it', async () => {
    const lists = '{ result: runtimes { totalCount } applications { totalCount } formations { totalCount } }';
    for (const document of [
      'mutation { result: registerRuntime(in: {name: "x"}) { id } }',
      'mutation { result: registerApplication(in: {name: "x"}) { id } }',
      'mutation { result: createFormation(formation: {name: "stray"}) { id } }',
    ])
      expect(await plane.refusal(document, STRAY)).toBe(
        'The operation is not allowed [object=tenantAccess; reason=The referenced entity does not exists]',
      );
    const none = { totalCount: 0 };
    expect((await plane.ask(lists, STRAY)).data).toEqual({ result: none, applications: none, formations: none });
  });

  it('does not matter where no tenant is needed', async () => {
    const { data } = await plane.ask('mutation { result: registerIntegrationSystem(in: {name: "x"}) { name } }', STRAY);
    expect(data?.result).toEqual({ name: 'x' });
  });
});
