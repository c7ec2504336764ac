/** The requests that are measured: those that the reference was measured with, and some more. */
import { postRequest } from './loader.ts';
import type { Served } from './processes.ts';

export const ONE = `query ($id: ID!) { application(id: $id) { id name providerName description labels status { condition timestamp } webhooks { id url } } }`;
export const PAGE = `{ applications(first: 50) { data { id name labels status { condition } bundles(first: 10) { data { id name } totalCount } } totalCount pageInfo { endCursor hasNextPage } } }`;
export const PAGE_APIS = `{ applications(first: 50) { data { id name labels bundles(first: 10) { data { id name apiDefinitions(first: 10) { data { id name targetURL } totalCount } } totalCount } } totalCount pageInfo { endCursor hasNextPage } } }`;
export const BY_LABEL = `{ applications(filter: [{key: "group", query: "\\"g3\\""}], first: 50) { data { id name } totalCount pageInfo { endCursor hasNextPage } } }`;
export const BY_LABELS = `{ applications(filter: [{key: "group"}, {key: "half", query: "\\"h1\\""}], first: 50) { data { id name } totalCount pageInfo { endCursor hasNextPage } } }`;
export const BY_PATH = `{ applications(filter: [{key: "scenarios", query: "$[*] ? (@ == \\"formation-3\\")"}], first: 50) { data { id name } totalCount pageInfo { endCursor hasNextPage } } }`;
export const FOR_RUNTIME = `query ($id: ID!) { applicationsForRuntime(runtimeID: $id, first: 1000) { data { id name } totalCount pageInfo { endCursor hasNextPage } } }`;
export const TENANTS = `{ tenants(first: 50, searchTerm: "subaccount 7") { data { id name type } totalCount pageInfo { endCursor hasNextPage } } }`;
export const VIEWER = `{ viewer { id type } }`;
const REGISTER = `mutation ($in: ApplicationRegisterInput!) { registerApplication(in: $in) { id name labels status { condition timestamp } } }`;

/** With the identifier in the text, as clients that build their documents write it: each is another document. */
export const oneInline = (id: string) =>
  `{ application(id: "${id}") { id name providerName description labels status { condition timestamp } webhooks { id url } } }`;

export const simpleApplication = (name: string, index: number) => ({ name, providerName: 'p', labels: { group: `g${index % 100}` } });

export const nestedApplication = (name: string, index: number) => ({
  ...simpleApplication(name, index),
  description: 'With everything that may come with a registration.',
  webhooks: [{ type: 'CONFIGURATION_CHANGED', url: 'https://shop.example.com/hook' }],
  bundles: [
    {
      name: 'orders',
      defaultInstanceAuth: { credential: { basic: { username: 'user', password: 'password' } } },
      apiDefinitions: [
        {
          name: 'orders',
          targetURL: 'https://shop.example.com/orders',
          spec: { data: '{"openapi":"3.0.0"}', type: 'OPEN_API', format: 'JSON' },
        },
      ],
      eventDefinitions: [{ name: 'order placed', spec: { data: '{"asyncapi":"2.0.0"}', type: 'ASYNC_API', format: 'JSON' } }],
      documents: [{ title: 'Guide', displayName: 'guide', description: 'How to order', format: 'MARKDOWN', data: '# Orders' }],
    },
  ],
});

const PATH = '/director/graphql';
const authorized = ({ ready }: Served, token = ready.token) => ({ authorization: `Bearer ${token}` });
export const inTenant = (tenant: string) => ({ tenant });

/** The same request again and again. */
export const same = (plane: Served, query: string, variables?: object) => [
  postRequest(PATH, { query, ...(variables && { variables }) }, authorized(plane)),
];

/** Requests that mean the same and are never equal: an answer that was kept serves none of them, what was learnt about the document does. */
export function fresh(plane: Served, query: string, variables?: object): () => Buffer {
  let index = 0;
  return () => postRequest(PATH, { query, ...(variables && { variables }), extensions: { n: index++ } }, authorized(plane));
}

/** One request for each of the values in turn. */
export const each = <T>(plane: Served, values: readonly T[], body: (value: T) => object) =>
  values.map((value) => postRequest(PATH, body(value), authorized(plane)));

/** The same request with each token in turn. */
export const eachToken = (plane: Served, tokens: readonly string[], query: string) =>
  tokens.map((token) => postRequest(PATH, { query }, authorized(plane, token)));

let named = 0;
/** Registrations of ever new applications. */
export function registrations(
  plane: Served,
  make: (name: string, index: number) => object,
  headers: Readonly<Record<string, string>> = {},
): () => Buffer {
  return () => {
    const index = named++;
    return postRequest(PATH, { query: REGISTER, variables: { in: make(`new-${index}`, index) } }, { ...authorized(plane), ...headers });
  };
}

/** One answer, as the plane gives it. */
export async function answerOf(plane: Served, query: string, variables?: object, path = PATH): Promise<string> {
  const response = await fetch(`${plane.ready.gateway}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorized(plane), ...inTenant(plane.ready.tenant) },
    body: JSON.stringify({ query, variables }),
  });
  return response.text();
}

/** @throws for answers with errors */
export const checkAnswer = (body: string): void => {
  if (!body.startsWith('{"data":{') || body.includes('"errors"'))
    throw new Error(`not the answer that was asked for: ${body.slice(0, 300)}`);
};
