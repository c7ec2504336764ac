/** Variables as clients of the reference give them: the first request is carried out by graphql-js, the second by its plan. */
import { beforeEach, describe, expect, it } from 'vitest';
import { answerDirector } from '../../../../src/director/http/routes.ts';
import { ADMIN, askedDirector, type AskedDirector } from '../../../support/director-asked.ts';

let plane: AskedDirector;
beforeEach(async () => {
  plane = await askedDirector();
});

async function send(query: string, x: unknown) {
  const { status, body } = await answerDirector(plane.director, {
    method: 'POST',
    path: '/graphql',
    query: '',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { x } }),
    caller: ADMIN,
    requestId: 'r',
  });
  const { errors, data } = JSON.parse(body);
  return { status, fault: errors?.[0]?.message as string | undefined, data };
}

const REGISTER =
  'mutation ($x: ApplicationRegisterInput!) { result: registerApplication(in: $x) { name description webhooks { timeout } } }';
const LIST = 'query ($x: Int) { result: applications(first: $x) { totalCount } }';
const hook = { type: 'CONFIGURATION_CHANGED', url: 'https://shop.example.com', timeout: '30' };

describe('variables', () => {
  it('may be numbers for texts, digits for numbers, and one value for a list', async () => {
    for (const name of ['shop', 'desk']) {
      const { data } = await send(REGISTER, { name, description: 7, webhooks: hook });
      expect(data.result).toEqual({ name, description: '7', webhooks: [{ timeout: 30 }] });
    }
    for (const first of ['20', 20, '20'])
      expect(await send(LIST, first)).toMatchObject({ status: 200, data: { result: { totalCount: 2 } } });
  });

  it('are refused in the words of the wire, before anything is done', async () => {
    for (const x of ['a', 'b', 3]) {
      const { status, fault } = await send(LIST, x);
      if (x === 3) expect(status).toBe(200);
      else expect([status, fault]).toEqual([422, expect.stringMatching(/reason: input: variable\.x cannot use string as Int\]$/)]);
    }
    for (let time = 0; time < 2; time++) {
      const { status, fault } = await send(REGISTER, { name: 'shop', webhooks: [{ ...hook, type: 'X' }] });
      expect([status, fault]).toEqual([422, expect.stringContaining('input: variable.x.webhooks[0].type X is not a valid WebhookType')]);
    }
    expect((await send(LIST, null)).data).toBeNull();
  });

  it('fail at the field where an enum has letters of another case', async () => {
    for (let time = 0; time < 2; time++) {
      const { status, fault } = await send(REGISTER, { name: 'shop', statusCondition: 'initial' });
      expect([status, fault]).toEqual([200, 'Invalid data [reason=initial is not a valid ApplicationStatusCondition]']);
    }
  });
});
