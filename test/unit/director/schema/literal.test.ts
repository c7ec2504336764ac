/** Protected fields of inputs: a field that the document names is there, even where its variable is left out. */
import { beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, askedDirector, type AskedDirector, posted } from '../../../support/director-asked.ts';

const UNPROTECTED = { ...ADMIN, scopes: ['application:write', 'formation:write'] };
const REFUSED = /^insufficient scopes provided/;

let plane: AskedDirector;
beforeEach(async () => {
  plane = await askedDirector();
});

/** What is wrong with it: asked twice, as the second answer is that of a plan. */
async function faultsOf(query: string, ...variables: object[]): Promise<(string | undefined)[]> {
  const told: (string | undefined)[] = [];
  for (const given of variables) {
    const { errors } = JSON.parse((await plane.director.graphql(posted(query, given, UNPROTECTED))).body);
    told.push(errors?.[0]?.message);
  }
  return told;
}

describe('a protected field of an input', () => {
  it('needs its scope where its variable is left out', async () => {
    const register = 'mutation ($name: String!, $own: String) { registerApplication(in: {name: $name, localTenantID: $own}) { id } }';
    const told = await faultsOf(register, { name: 'a' }, { name: 'a' }, { name: 'a', own: null }, { name: 'a', own: 'x' });
    expect(told).toEqual([REFUSED, REFUSED, REFUSED, REFUSED].map((text) => expect.stringMatching(text)));
    const create = 'mutation ($name: String!, $state: String) { createFormation(formation: {name: $name, state: $state}) { id } }';
    expect(await faultsOf(create, { name: 'f1' }, { name: 'f1' })).toEqual([
      expect.stringMatching(REFUSED),
      expect.stringMatching(REFUSED),
    ]);
  });

  it('needs none where the document, or the variable that is the whole input, does not name it', async () => {
    const literal = 'mutation ($name: String!, $text: String) { registerApplication(in: {name: $name, description: $text}) { id } }';
    expect(await faultsOf(literal, { name: 'a' }, { name: 'b' }, { name: 'c', text: 'x' })).toEqual([undefined, undefined, undefined]);
    const whole = 'mutation ($in: ApplicationRegisterInput!) { registerApplication(in: $in) { id } }';
    expect(await faultsOf(whole, { in: { name: 'd' } }, { in: { name: 'e' } })).toEqual([undefined, undefined]);
  });
});
