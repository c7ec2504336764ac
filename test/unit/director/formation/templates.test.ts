/** Formation templates where their words differ from those of other lists and labels, and who may not take part (`reference: facts/formations.md 2, 8`). */
import { beforeAll, expect, it } from 'vitest';
import { applications } from '../../../../src/director/application/records.ts';
import { type AskedDirector, askedDirector } from '../../../support/director-asked.ts';
import { landscape } from '../notification/landscape.ts';

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
let director: AskedDirector;
beforeAll(async () => {
  director = await askedDirector();
});

it.each(['formationTemplates(first: null)', 'formationTemplatesByName(name: "x", first: null)'])('%s', async (list) =>
  expect(await director.refusal(`{ result: ${list} { totalCount } }`)).toBe("Invalid data [reason=missing required parameter: 'first']"),
);

it.each([
  ['setFormationTemplateLabel', `formationTemplateID: "${UNKNOWN}", in: {key: "k", value: "v"}`],
  ['setFormationTemplateLabel', `formationTemplateID: "${UNKNOWN}", in: {key: "scenarios", value: ["v"]}`],
  ['deleteFormationTemplateLabel', `formationTemplateID: "${UNKNOWN}", key: "k"`],
])('%s of an unknown one: %s', async (operation, args) =>
  expect(await director.refusal(`mutation { result: ${operation}(${args}) { key } }`)).toBe(
    `Object not found [ID=${UNKNOWN}; object=formationTemplate]`,
  ),
);

it.each([
  [{ deletedAt: 'now', ready: false }, 'application with ID "shop" is currently being deleted'],
  [{ ready: false }, 'application with ID "shop" is not ready'],
])('an application with %j takes part in nothing', async (state, reason) => {
  const plane = await landscape();
  await plane.application('shop');
  await plane.ctx.write(async (call) => call.tx.put(applications, { ...(await call.tx.get(applications, 'shop'))!, ...state }));
  await expect(plane.assign('shop')).rejects.toThrow(reason);
  await plane.close();
});
