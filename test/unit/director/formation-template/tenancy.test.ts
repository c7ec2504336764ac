/** Whose formation templates are: an account's, for its subaccounts too, or everybody's (`reference: facts/formations.md 2, 6`). */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../src/identity/identity.ts';
import { ADMIN, ADMIN_OF_NOTHING, askedDirector, type AskedDirector, DEFAULT_TENANT } from '../../../support/director-asked.ts';

const BAR = 'af9f84a9-1d3a-4d9f-ae0c-94f883b33b6e';
const STRANGER = { ...ADMIN, tenant: { id: BAR, externalId: BAR } };
let plane: AskedDirector;
/** In a subaccount of the default account. */
let below: Identity;

beforeEach(async () => {
  plane = await askedDirector();
  const tenant = `{externalTenant: "sub", name: "sub", type: "subaccount", provider: "test", parents: ["${DEFAULT_TENANT}"]}`;
  const { data } = await plane.ask(`mutation { result: writeTenant(in: ${tenant}) }`);
  below = { ...ADMIN, tenant: { id: data!.result as string, externalId: 'sub' } };
});

const input = (name: string, types = '["shop"]') => `in: {name: "${name}", applicationTypes: ${types}}`;
const creating = (name: string, types?: string) => `mutation { result: createFormationTemplate(${input(name, types)}) { id } }`;
async function create(name: string, caller: Identity, types?: string): Promise<string> {
  const { data, errors } = await plane.ask(creating(name, types), caller);
  expect(errors).toBeUndefined();
  return (data!.result as { id: string }).id;
}
async function named(name: string, caller: Identity): Promise<string[]> {
  const { data } = await plane.ask(`{ result: formationTemplatesByName(name: "${name}") { data { id } } }`, caller);
  return (data!.result as { data: { id: string }[] }).data.map(({ id }) => id).sort();
}
const deleting = (id: string) => `mutation { result: deleteFormationTemplate(id: "${id}") { id } }`;
const UNOWNED = 'Unauthorized [reason=Owner access is needed for resource modification]';

describe('a formation template', () => {
  it("that a subaccount makes is its account's: both see, change and delete it", async () => {
    const id = await create('suite', below);
    for (const caller of [ADMIN, below]) expect(await named('suite', caller)).toEqual([id]);
    for (const caller of [STRANGER, ADMIN_OF_NOTHING]) expect(await named('suite', caller)).toEqual([]);
    for (const caller of [ADMIN, below])
      expect(await plane.refusal(creating('suite'), caller)).toBe('Object is not unique [object=formationTemplate]');
    const updating = `mutation { result: updateFormationTemplate(id: "${id}", ${input('suite', '["crm"]')}) { applicationTypes } }`;
    for (const caller of [ADMIN, below]) expect((await plane.ask(updating, caller)).data?.result).toEqual({ applicationTypes: ['crm'] });
    expect(await plane.refusal(deleting(id), STRANGER)).toBe(UNOWNED);
    expect(await plane.refusal(deleting(id), ADMIN_OF_NOTHING)).toBe('Tenant is required');
    expect((await plane.ask(deleting(id), below)).data?.result).toEqual({ id });
  });

  it('of nobody is seen by all, changed by callers without a tenant alone, and leaves its name to everybody', async () => {
    const [global, own] = [await create('suite', ADMIN_OF_NOTHING), await create('suite', ADMIN)];
    expect(await named('suite', ADMIN)).toEqual([global, own].sort());
    expect(await named('suite', STRANGER)).toEqual([global]);
    for (const caller of [ADMIN, below, STRANGER]) expect(await plane.refusal(deleting(global), caller)).toBe(UNOWNED);
    expect(await plane.refusal(creating('suite'), ADMIN_OF_NOTHING)).toBe('Object is not unique [object=formationTemplate]');
    expect((await plane.ask(deleting(global), ADMIN_OF_NOTHING)).data?.result).toEqual({ id: global });
  });

  it('is judged by what is given, then by whether it is there, then by whose it is', async () => {
    const id = await create('suite', ADMIN);
    const unknown = '11111111-1111-4111-8111-111111111111';
    const updating = (which: string, given: string) => `mutation { result: updateFormationTemplate(id: "${which}", ${given}) { id } }`;
    expect(await plane.refusal(updating(unknown, input('')), STRANGER)).toBe(
      'Invalid data FormationTemplateUpdateInput [name=cannot be blank]',
    );
    expect(await plane.refusal(updating(unknown, input('x')), STRANGER)).toBe(`Object not found [ID=${unknown}; object=formationTemplate]`);
    expect(await plane.refusal(updating(id, input('x')), STRANGER)).toBe(UNOWNED);
  });
});

describe('a formation', () => {
  const forming = (name: string, template: string) =>
    `mutation { result: createFormation(formation: {name: "${name}", templateName: "${template}"}) { id formationTemplateId } }`;

  it("is of the account's own template before a global one of the same name", async () => {
    const [, own] = [await create('suite', ADMIN_OF_NOTHING), await create('suite', ADMIN)];
    expect((await plane.ask(forming('f1', 'suite'))).data?.result).toMatchObject({ formationTemplateId: own });
  });

  it('of a subaccount is of a global template alone, and unseen by the account', async () => {
    const [global] = [await create('everywhere', ADMIN_OF_NOTHING), await create('ours', ADMIN)];
    expect(await plane.refusal(forming('f1', 'ours'), below)).toBe('Object not found [object=formationTemplate]');
    const { id } = (await plane.ask(forming('f1', 'everywhere'), below)).data!.result as { id: string };
    expect(await plane.refusal(`{ result: formation(id: "${id}") { id } }`)).toBe('Object not found [object=formations]');
    expect((await plane.ask('{ result: formationByName(name: "f1") { formationTemplateId } }', below)).data?.result).toEqual({
      formationTemplateId: global,
    });
    expect(await plane.refusal(deleting(global), ADMIN_OF_NOTHING)).toContain('because another record refers to it');
  });

  it('is found by what takes part in it, whoever asks', async () => {
    await create('suite', ADMIN);
    await plane.ask(forming('f1', 'suite'));
    const registering = 'registerApplication(in: {name: "shop", labels: {applicationType: "shop"}}) { id }';
    const { id } = (await plane.ask(`mutation { result: ${registering} }`)).data!.result as { id: string };
    await plane.ask(`mutation { result: assignFormation(objectID: "${id}", objectType: APPLICATION, formation: {name: "f1"}) { id } }`);
    for (const caller of [ADMIN, STRANGER, ADMIN_OF_NOTHING])
      expect((await plane.ask(`{ result: formationsForObject(objectID: "${id}") { name } }`, caller)).data?.result).toEqual([
        { name: 'f1' },
      ]);
  });
});
