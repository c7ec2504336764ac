/** Constraints as a client keeps them: made, attached, changed and removed, with everything that can be wrong. */
import { beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, ADMIN_OF_NOTHING, askedDirector, type AskedDirector } from '../../../support/director-asked.ts';

const BAR = 'af9f84a9-1d3a-4d9f-ae0c-94f883b33b6e';
const ELSEWHERE = { ...ADMIN, tenant: { id: BAR, externalId: BAR } };
const NOBODY = '11111111-1111-4111-8111-111111111111';

let plane: AskedDirector;
beforeEach(async () => {
  plane = await askedDirector();
});

type Made = { readonly id: string } & Record<string, unknown>;

async function done(mutation: string, caller = ADMIN): Promise<Made> {
  const { data, errors } = await plane.ask(`mutation { result: ${mutation} }`, caller);
  expect(errors).toBeUndefined();
  return data!.result as Made;
}
const refusal = (mutation: string, caller = ADMIN) => plane.refusal(`mutation { result: ${mutation} }`, caller);

const RULE = {
  name: '"rule"',
  constraintType: 'PRE',
  targetOperation: 'ASSIGN_FORMATION',
  operator: '"ContainsScenarioGroups"',
  resourceType: 'APPLICATION',
  resourceSubtype: '"ANY"',
  inputTemplate: '"{}"',
  constraintScope: 'FORMATION_TYPE',
};
const making = (changes: Readonly<Record<string, string>> = {}, answer = 'id description priority') =>
  `createFormationConstraint(formationConstraint: {${Object.entries({ ...RULE, ...changes })
    .map(([field, value]) => `${field}: ${value}`)
    .join(', ')}}) { ${answer} }`;
const changing = (id: string, input: string) =>
  `updateFormationConstraint(id: "${id}", in: {${input}}) { id description priority inputTemplate }`;
const removing = (id: string) => `deleteFormationConstraint(id: "${id}") { id }`;
const attaching = (id: string, template: string) =>
  `attachConstraintToFormationTemplate(constraintID: "${id}", formationTemplateID: "${template}") { constraintID }`;
const detaching = (id: string, template: string) => attaching(id, template).replace('attachConstraintTo', 'detachConstraintFrom');
const template = (name: string, caller = ADMIN) =>
  done(`createFormationTemplate(in: {name: "${name}", applicationTypes: ["shop"]}) { id }`, caller);
const namesFor = async (id: string) =>
  (
    (await plane.ask(`{ result: formationConstraintsByFormationType(formationTemplateID: "${id}") { name } }`)).data!.result as {
      name: string;
    }[]
  )
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('DoNot'));

describe('a constraint', () => {
  it('takes null for what may be left out, and keeps on a change what is null', async () => {
    const { id, ...made } = await done(making({ priority: 'null', description: 'null' }));
    expect(made).toEqual({ priority: 0, description: '' });
    expect(await done(changing(id, 'inputTemplate: "{}", priority: -5, description: "why"'))).toMatchObject({
      priority: -5,
      description: 'why',
    });
    expect(await done(changing(id, 'inputTemplate: "{}", priority: null, description: null'))).toMatchObject({
      priority: -5,
      description: 'why',
    });
    expect(await done(changing(id, 'inputTemplate: "{}", priority: 0, description: ""'))).toMatchObject({ priority: 0, description: '' });
  });

  it.each([
    ['name', 256],
    ['resourceSubtype', 256],
    ['description', 255],
  ])('has a %s of at most %i characters', async (field, longest) => {
    await done(making({ [field]: `"${'ä'.repeat(longest)}"` }));
    expect(await refusal(making({ [field]: `"${'ä'.repeat(longest + 1)}"` }))).toBe(
      `Invalid data FormationConstraintInput [${field}=the length must be no more than ${longest}]`,
    );
  });

  it('is changed as a whole or not at all', async () => {
    const { id } = await done(making());
    const long = 'x'.repeat(256);
    expect(await refusal(changing(id, `inputTemplate: "{}", priority: 7, description: "${long}"`))).toBe(
      'Invalid data FormationConstraintUpdateInput [description=the length must be no more than 255]',
    );
    expect(await refusal(changing(id, 'inputTemplate: "{{.Nope}}", priority: 7'))).toContain('failed to parse input template');
    expect((await plane.ask(`{ result: formationConstraint(id: "${id}") { priority } }`)).data!.result).toEqual({ priority: 0 });
  });

  it('for user interfaces may hold anything, later on as well', async () => {
    const { id } = await done(making({ constraintType: 'UI', operator: '"Anything"', inputTemplate: '"{{"' }));
    expect(await done(changing(id, 'inputTemplate: "{{.Nope"'))).toMatchObject({ inputTemplate: '{{.Nope' });
    expect(await refusal(changing(id, 'inputTemplate: ""'))).toContain('inputTemplate: cannot be blank.');
  });

  it('that is not there is not found before its new template is looked at, whatever its id looks like', async () => {
    for (const id of [NOBODY, 'x']) {
      for (const mutation of [changing(id, 'inputTemplate: ""'), removing(id)])
        expect(await refusal(mutation)).toBe('Object not found [object=formationConstraint]');
      expect((await plane.refusal(`{ result: formationConstraint(id: "${id}") { id } }`))!).toContain('the requested element is null');
    }
  });
});

describe('attaching a constraint', () => {
  it('is open to every tenant and to none, and to templates of others', async () => {
    const [own, global] = [await template('own'), await template('global', ADMIN_OF_NOTHING)];
    const { id } = await done(making({}, 'id'), ELSEWHERE);
    await done(attaching(id, own.id), ELSEWHERE);
    await done(attaching(id, global.id));
    expect(await namesFor(own.id)).toEqual(['rule']);
    expect(await refusal(attaching(id, own.id), ADMIN_OF_NOTHING)).toBe(
      'Object is not unique [object=formationTemplateConstraintReference]',
    );
    const told = await refusal(removing(id));
    for (const user of [own.id, global.id]) expect(told).toContain(user);
    await done(detaching(id, own.id), ADMIN_OF_NOTHING);
    await done(detaching(id, global.id));
    await done(removing(id));
  });

  it('needs both to be there', async () => {
    const { id } = await template('own');
    const rule = await done(making());
    for (const unknown of [NOBODY, 'x']) {
      const missing =
        'The operation is not allowed [object=formationTemplateConstraintReference; reason=The referenced entity does not exists]';
      expect(await refusal(attaching(unknown, id))).toBe(missing);
      expect(await refusal(attaching(rule.id, unknown))).toBe(missing);
      expect(await refusal(detaching(unknown, id))).toBe('Object not found [object=formationTemplateConstraintReference]');
    }
  });

  it('of a global one lists it once, and keeps it from being deleted until it is detached', async () => {
    const { id } = await template('own');
    const [early, late] = [await done(making({ name: '"early"' })), await done(making({ name: '"all"', constraintScope: 'GLOBAL' }))];
    await done(attaching(late.id, id));
    await done(attaching(early.id, id));
    expect(await namesFor(id)).toEqual(['all', 'early']);
    expect(await refusal(removing(late.id))).toContain(`it is used by Formation Templates with IDs [${id}]`);
    await done(detaching(late.id, id));
    expect(await namesFor(id)).toEqual(['early', 'all']);
    await done(removing(late.id));
    expect(await namesFor(id)).toEqual(['early']);
  });
});
