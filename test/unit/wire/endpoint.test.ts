/** What the small systems tell of a request that does not fit: path, place and code as the reference's library gives them to clients. */
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { connectorWords } from '../../../src/connector/errors.ts';
import { graphqlEndpoint } from '../../../src/wire/graphql-endpoint.ts';

const schema = buildSchema('input In { csr: String!, tries: [Int!] } type Query { sign(in: In!): String } type Mutation { sign: String }');
schema.getQueryType()!.getFields().sign!.resolve = (_, { in: { csr, tries } }: { in: { csr: string; tries?: number[] } }) =>
  `${csr} ${tries?.join(' ') ?? ''}`;
const endpoint = graphqlEndpoint<object>(schema, connectorWords());

async function post(body: object) {
  const request = {
    method: 'POST',
    path: '/graphql',
    query: '',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const answer = await endpoint(request, {});
  return { status: answer.status, ...(JSON.parse(answer.body) as { data: unknown; errors?: unknown }) };
}
const SIGN = 'query ($in: In!) { sign(in: $in) }';
const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' };

describe('an endpoint', () => {
  it('takes numbers for texts, digits for numbers and one value for a list', async () => {
    expect(await post({ query: SIGN, variables: { in: { csr: 1, tries: '2' } } })).toEqual({ status: 200, data: { sign: '1 2' } });
  });

  it('tells where a variable does not fit by a path', async () => {
    expect(await post({ query: SIGN, variables: { in: { csr: 'x', tries: [1, true] } } })).toEqual({
      status: 422,
      data: null,
      errors: [{ message: 'cannot use bool as Int', path: ['variable', 'in', 'tries', 1], extensions }],
    });
  });

  it.each([
    [
      '{ sign }',
      {
        message: 'Field "sign" argument "in" of type "In!" is required, but it was not provided.',
        locations: [{ line: 1, column: 3 }],
        extensions,
      },
    ],
    [
      '{ sign(',
      { message: 'Expected Name, found <EOF>', locations: [{ line: 1, column: 8 }], extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
    ],
    ['# nothing', { message: 'no operation provided', extensions }],
    ['query A { __typename } query B { __typename }', { message: 'operation  not found', extensions }],
  ])('refuses %s', async (query, error) => expect(await post({ query })).toEqual({ status: 422, data: null, errors: [error] }));

  it('changes nothing by GET', async () => {
    const query = new URLSearchParams({ query: 'mutation { sign }' }).toString();
    expect((await endpoint({ method: 'GET', path: '/graphql', query, headers: {}, body: '' }, {})).status).toBe(406);
  });
});
