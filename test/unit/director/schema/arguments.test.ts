/** Arguments that a scalar or an enum can not read are a fault of their field, wherever it stands; the others are answered. */
import { beforeEach, describe, expect, it } from 'vitest';
import { answerDirector } from '../../../../src/director/http/routes.ts';
import { askedDirector, type AskedDirector, posted } from '../../../support/director-asked.ts';

let plane: AskedDirector;
beforeEach(async () => {
  plane = await askedDirector();
  await send('mutation { registerApplication(in: {name: "shop", bundles: [{name: "b"}]}) { id } }');
});

async function send(query: string, variables = {}) {
  const { status, body } = await answerDirector(plane.director, posted(query, variables));
  const { errors = [], data } = JSON.parse(body);
  return { status, faults: errors.map(({ path, message }: { path: unknown; message: string }) => [path, message]), data };
}

const FAULT = 'Invalid data [reason=PageCursor must be a text, not number]';
const path = ['applications', 'data', 0, 'bundles'];

describe('a fault of an argument', () => {
  it('of a field below is told at that field', async () => {
    const below = (after: string) => `{ applications { data { name bundles(after: ${after}) { totalCount } } } }`;
    const data = { applications: { data: [{ name: 'shop', bundles: null }] } };
    expect(await send(below('3'))).toEqual({ status: 200, faults: [[path, FAULT]], data });
    for (let time = 0; time < 2; time++)
      expect(await send(`query ($c: PageCursor) ${below('$c')}`, { c: 3 })).toEqual({ status: 200, faults: [[path, FAULT]], data });
    expect((await send(below('""'))).data.applications.data).toEqual([{ name: 'shop', bundles: { totalCount: 1 } }]);
  });

  it('at the top has the alias of its field, which takes what must not be null with it', async () => {
    const { faults, data } = await send('{ systems: integrationSystems(after: {a: 1}) { totalCount } viewer { type } }');
    expect(faults).toEqual([[['systems'], 'Invalid data [reason=PageCursor must be a text, not object]']]);
    expect(data).toBeNull();
  });
});
