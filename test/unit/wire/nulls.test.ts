import { execute, getOperationAST, graphql, buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { looksAtSchema, withNulls } from '../../../src/wire/nulls.ts';
import { tolerantSchema } from '../../../src/wire/tolerant.ts';

const SCHEMA = buildSchema(`
  interface Named { name: String! }
  type Shop implements Named { name: String!, clerk: Person, owner: Person! }
  type Person implements Named { name: String!, friends: [Person!]!, pets: [String]! }
  union Thing = Shop | Person
  type Query { shop: Shop, mustShop: Shop!, things: [Thing!], named: [Named]! }
`);
const fails = () => {
  throw new Error('no');
};
const person = (name: unknown, ...friends: unknown[]) => ({ __typename: 'Person', name, friends, pets: ['cat', null] });

/** The answer by the tolerant schema, and the one that graphql-js gives by the published one. */
async function answers(document: string, rootValue: unknown) {
  const parsed = parse(document);
  const result = await execute({ schema: tolerantSchema(SCHEMA), document: parsed, rootValue });
  const data = withNulls(SCHEMA, parsed, getOperationAST(parsed)!, result);
  const theirs = await graphql({ schema: SCHEMA, source: document, rootValue });
  return { data: JSON.parse(JSON.stringify(data)), theirs: JSON.parse(JSON.stringify(theirs.data)), faults: result.errors?.length ?? 0 };
}

describe('what a fault takes with it', () => {
  it.each([
    ['{ shop { name clerk { name } } }', { shop: { name: 'a', clerk: person(fails) } }, 1],
    ['{ shop { name owner { name } } }', { shop: { name: fails, owner: person(fails) } }, 2],
    ['{ mustShop { name } shop { name } }', { mustShop: { name: fails }, shop: { name: fails } }, 2],
    ['{ shop { owner { friends { name } pets } } }', { shop: { owner: person('x', person('y'), person(fails), person(fails)) } }, 2],
    [
      '{ things { ... on Person { n: name } ... on Shop { n: name clerk { name } } } }',
      { things: [person('x'), { __typename: 'Shop', name: fails }] },
      1,
    ],
    [
      '{ named { ...N } } fragment N on Named { name ... on Shop { owner { name } } }',
      { named: [person(fails), { __typename: 'Shop', name: 'a', owner: null }] },
      2,
    ],
    ['{ shop { name owner { name } } }', { shop: { name: null, owner: person('x') } }, 1],
    ['{ shop { name owner { pets } } }', { shop: { name: 'a', owner: person('x') } }, 0],
  ])('%s', async (document, root, count) => {
    const { data, theirs, faults } = await answers(document, root);
    expect(data).toEqual(theirs);
    expect(faults).toBe(count);
  });

  it('is not looked for where the schema itself is asked for', () => {
    const asks = (text: string) => looksAtSchema(getOperationAST(parse(text))!, text);
    expect(asks('{ __schema { queryType { name } } }')).toBe(true);
    expect(asks('query A { ...F } fragment F on Query { __type(name: "Shop") { name } }')).toBe(true);
    expect(asks('{ __typename shop { name } }')).toBe(false);
  });
});
