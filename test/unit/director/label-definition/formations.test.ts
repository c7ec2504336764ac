/** Formations that a label definition makes are formations like others: the product of their template hears of them, and rules are asked. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { attachConstraint, createConstraint } from '../../../../src/director/formation-constraint/rules.ts';
import { formationTemplates } from '../../../../src/director/formation-template/records.ts';
import { BUILT_IN_TEMPLATE } from '../../../../src/director/formation-template/seed.ts';
import { formationByName } from '../../../../src/director/formation/rules.ts';
import { labelDefinition } from '../../../../src/director/label-definition/resolvers.ts';
import { scenariosSchema } from '../../../../src/director/label-definition/schema-text.ts';
import { createWebhooks } from '../../../../src/director/webhook/rules.ts';
import { landscape } from '../notification/landscape.ts';

let plane: Awaited<ReturnType<typeof landscape>>;
beforeEach(async () => {
  plane = await landscape();
});
afterEach(() => plane.close());

const builtIn = async () => (await plane.ctx.call.tx.find(formationTemplates, 'name', `global|${BUILT_IN_TEMPLATE}`))[0]!.id;
const update = (...names: string[]) =>
  (labelDefinition.resolvers.Mutation as Record<string, (...args: unknown[]) => Promise<{ schema: string }>>)['updateLabelDefinition']!(
    undefined,
    { in: { key: 'scenarios', schema: scenariosSchema(names) } },
    plane.ctx,
  );

const product = () =>
  plane.ctx.write(async (call) =>
    createWebhooks(call, { kind: 'formationTemplate', id: await builtIn() }, [
      {
        type: 'FORMATION_LIFECYCLE',
        mode: 'SYNC',
        urlTemplate: `{"path":"${plane.receiver.url}/product","method":"POST"}`,
        inputTemplate: '{"operation":"{{.Operation}}","source":"{{.Formation.Name}}"}',
        outputTemplate: '{"error":"{{.Body.error}}","success_status_code":200}',
      } as never,
    ]),
  );

it('tells the product of the template, which answers', async () => {
  await product();
  await update('production', 'one');
  expect(plane.receiver.told).toEqual([{ path: '/product', operation: 'createFormation', source: 'one' }]);
  expect((await formationByName(plane.ctx.call, 'one'))?.state).toBe('READY');
});

it('tells the product of those whose names are dropped: they go when it agrees', async () => {
  await update('production', 'one', 'two', 'three');
  await product();
  await update('production', 'three');
  const told = (source: string) => ({ path: '/product', operation: 'deleteFormation', source });
  expect(plane.receiver.told).toEqual([told('one'), told('two')]);
  for (const name of ['one', 'two']) expect(await formationByName(plane.ctx.call, name)).toBeUndefined();

  plane.receiver.replies['/product'] = { body: { error: 'in use' } };
  expect((await update('production')).schema).toBe(scenariosSchema(['production', 'three']));
  expect((await formationByName(plane.ctx.call, 'three'))?.state).toBe('DELETE_ERROR');
});

it('deletes none of them where telling of one fails', async () => {
  await update('production', 'one', 'two');
  await product();
  let calls = 0;
  plane.receiver.replies['/product'] = {
    before: async () => {
      calls += 1;
      if (calls === 2) plane.receiver.replies['/product'] = { status: 500 };
    },
  };
  await expect(update('production', 'new')).rejects.toThrow('response success status code was not met');
  expect(plane.receiver.told.map(({ source }) => source)).toEqual(['new', 'one', 'two']);
  expect(await formationByName(plane.ctx.call, 'new')).toBeUndefined();
  for (const name of ['one', 'two']) expect((await formationByName(plane.ctx.call, name))?.state).toBe('READY');
});

it('keeps none of them where a rule about one fails', async () => {
  await plane.ctx.write(async (call) => {
    const { id } = await createConstraint(call, {
      name: 'never',
      constraintType: 'POST',
      targetOperation: 'CREATE_FORMATION',
      operator: 'ContainsScenarioGroups',
      resourceType: 'FORMATION',
      resourceSubtype: BUILT_IN_TEMPLATE,
      inputTemplate: '{"requiredScenarioGroups":["none"],"resource_type":"APPLICATION","resource_id":"nobody"}',
      constraintScope: 'FORMATION_TYPE',
    } as never);
    await attachConstraint(call, { constraintID: id, formationTemplateID: await builtIn() });
  });
  await expect(update('production', 'one', 'two')).rejects.toThrow('constraint type "POST"');
  for (const name of ['one', 'two']) expect(await formationByName(plane.ctx.call, name)).toBeUndefined();
  expect(await formationByName(plane.ctx.call, 'production')).toBeDefined();
});
