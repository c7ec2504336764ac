import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { answerDirector } from '../../../../src/director/http/routes.ts';
import { ADMIN, askedDirector, type AskedDirector } from '../../../support/director-asked.ts';

let plane: AskedDirector;
beforeEach(async () => {
  plane = await askedDirector();
});

const SYSTEMS = '{ integrationSystems { totalCount } }';
const FOUND = { data: { integrationSystems: { totalCount: 0 } } };
const hashOf = (query: string) => createHash('sha256').update(query).digest('hex');
const persisted = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } });

let requests = 0;
async function send(wanted: { method?: string; path?: string; query?: Record<string, string>; type?: string; body?: unknown }) {
  const { method = 'POST', path = '/graphql', query = {}, type = 'application/json', body = '' } = wanted;
  const answer = await answerDirector(plane.director, {
    method,
    path,
    query: new URLSearchParams(query).toString(),
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    caller: ADMIN,
    requestId: `r${requests++}`,
  });
  return { status: answer.status, body: answer.body };
}
const get = (query: Record<string, string>) => send({ method: 'GET', query });
const message = ({ body }: { body: string }): string => JSON.parse(body).errors[0].message;

describe('automatic persisted queries', () => {
  it('are answered by their hash, by POST and GET, once the document was sent with it', async () => {
    const byHash = { extensions: persisted(hashOf(SYSTEMS)) };
    const unknown = await send({ body: byHash });
    expect([unknown.status, message(unknown)]).toEqual([200, expect.stringContaining('input: PersistedQueryNotFound')]);
    expect(JSON.parse((await send({ body: { query: SYSTEMS, ...byHash } })).body)).toEqual(FOUND);
    expect(JSON.parse((await send({ body: byHash })).body)).toEqual(FOUND);
    expect(JSON.parse((await get({ extensions: JSON.stringify(byHash.extensions) })).body)).toEqual(FOUND);
  });

  it('are those of the hash, and of the one version', async () => {
    const foreign = await send({ body: { query: SYSTEMS, extensions: persisted(hashOf('{ viewer { id } }')) } });
    expect([foreign.status, message(foreign)]).toEqual([200, expect.stringContaining('provided APQ hash does not match query')]);
    expect(message(await send({ body: { extensions: persisted(hashOf('{ viewer { id } }')) } }))).toContain('PersistedQueryNotFound');
    expect(message(await send({ body: { query: SYSTEMS, extensions: persisted(hashOf(SYSTEMS), 2) } }))).toContain(
      'unsupported APQ version',
    );
    expect(message(await send({ body: { query: SYSTEMS, extensions: { persistedQuery: 'x' } } }))).toContain('invalid APQ extension data');
    expect(JSON.parse((await send({ body: { query: SYSTEMS, extensions: { persistedQuery: null } } })).body)).toEqual(FOUND);
  });

  it('change nothing by GET', async () => {
    const query = 'mutation { registerIntegrationSystem(in: {name: "x"}) { id } }';
    await send({ body: { query: `${query} `, extensions: persisted(hashOf(`${query} `)) } });
    expect((await get({ extensions: JSON.stringify(persisted(hashOf(`${query} `))) })).status).toBe(406);
  });

  it('are the last hundred', async () => {
    const documents = Array.from({ length: 101 }, (_, i) => `{ a${i}: __typename }`);
    for (const query of documents) await send({ body: { query, extensions: persisted(hashOf(query)) } });
    expect(message(await send({ body: { extensions: persisted(hashOf(documents[0]!)) } }))).toContain('PersistedQueryNotFound');
    expect((await send({ body: { extensions: persisted(hashOf(documents[1]!)) } })).body).toBe('{"data":{"a1":"Query"}}');
  });
});

describe('what can not be read', () => {
  it('is refused by what it is', async () => {
    for (const variables of ['x', '[]', '5'])
      expect(message(await get({ query: SYSTEMS, variables }))).toBe('variables could not be decoded');
    expect(message(await get({ query: SYSTEMS, extensions: 'x' }))).toBe('extensions could not be decoded');
    expect(JSON.parse((await get({ query: SYSTEMS, variables: 'null', extensions: '{}' })).body)).toEqual(FOUND);
    for (const odd of [{ variables: [] }, { extensions: 'x' }, { extensions: [] }, { operationName: 1 }, { query: 7 }])
      expect((await send({ body: { query: SYSTEMS, ...odd } })).status).toBe(400);
  });

  it('is asked for by members in letters of any case, as Go takes them', async () => {
    const query = 'query A($x: ID!) { runtime(id: $x) { id } } query B { integrationSystems { totalCount } }';
    expect(JSON.parse((await send({ body: { Query: query, OPERATIONNAME: 'B' } })).body)).toEqual(FOUND);
    const body = { query, Query: 'nothing', operationName: 'A', Variables: { x: 'none' } };
    expect(message(await send({ body }))).toBe('Object not found [object=runtime]');
    expect((await send({ body: { Query: 7 } })).status).toBe(400);
  });

  it('has no body where only the head is asked for', async () => {
    expect((await send({ method: 'HEAD', query: { query: SYSTEMS } })).status).toBe(405);
  });

  it('is said of forms with parts and without', async () => {
    expect(await send({ type: 'multipart/form-data; boundary=x', body: '--x--' })).toEqual({
      status: 422,
      body: '{"errors":[{"message":"first part must be operations"}],"data":null}',
    });
    expect(message(await send({ type: 'multipart/form-data', body: 'x' }))).toBe('failed to parse multipart form');
  });

  it('has no page of its own where an operation has no id', async () => {
    expect(await send({ method: 'GET', path: '/last_operation/application/' })).toEqual({ status: 404, body: '404 page not found\n' });
  });
});
