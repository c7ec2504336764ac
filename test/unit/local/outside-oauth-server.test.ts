/** An installation with an OAuth2 server of its own: clients live there, and go with their auths. */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/local/options.ts';
import { type Plane, startPlane } from '../../../src/local/plane.ts';

interface Call {
  readonly line: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** As much of ORY Hydra as is asked for. */
class FakeHydra {
  readonly calls: Call[] = [];
  readonly clients = new Map<string, string>();
  readonly tokens = new Map<string, { client: string; scope: string }>();
  /** Answers the next request with this status instead. */
  failing: number | undefined;
  nextId: string | undefined;
  readonly #server = http.createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  stop = () => new Promise((resolve) => this.#server.close(resolve));

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    this.calls.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    const send = (status: number, content?: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(content && JSON.stringify(content));
    if (this.failing !== undefined) {
      const status = this.failing;
      this.failing = undefined;
      return void send(status);
    }
    if (request.url === '/admin/oauth2/introspect') {
      const held = this.tokens.get(new URLSearchParams(body).get('token') ?? '');
      return void send(
        200,
        held && this.clients.has(held.client) ? { active: true, client_id: held.client, scope: held.scope } : { active: false },
      );
    }
    if (request.method === 'POST') {
      const id = this.nextId ?? randomUUID();
      this.nextId = undefined;
      this.clients.set(id, (JSON.parse(body) as { scope: string }).scope);
      return void send(201, { client_id: id, client_secret: `secret of ${id}` });
    }
    const id = request.url!.split('/').at(-1)!;
    send(this.clients.delete(id) ? 204 : 404);
  }
}

const hydra = new FakeHydra();
let plane: Plane;
let application: string;

beforeAll(async () => {
  const oauthAdminUrl = await hydra.start();
  plane = await startPlane({
    ...DEFAULT_OPTIONS,
    version: '0.0.0-test',
    dataDir: tmpdir(),
    oauthAdminUrl,
    oauthTokenUrl: 'https://oauth.example.com/oauth2/token',
  });
});
afterAll(async () => {
  await plane.close();
  await hydra.stop();
});

interface Answered {
  readonly status: number;
  readonly data?: { readonly result?: never } | null;
  readonly errors?: readonly { readonly message: string }[];
}

async function ask(query: string, token = plane.ready.token): Promise<Answered> {
  const response = await fetch(`${plane.ready.director}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...((await response.json()) as Omit<Answered, 'status'>) };
}

const result = async <T>(query: string): Promise<T> => {
  const { data, errors } = await ask(query);
  expect(errors).toBeUndefined();
  return data!.result as T;
};
const AUTH = 'id ... on AppSystemAuth { auth { credential { ... on OAuthCredentialData { clientId clientSecret url } } } }';
const request = (id: string) => `mutation { result: requestClientCredentialsForApplication(id: "${id}") { ${AUTH} } }`;
const auths = async () =>
  (await result<{ auths: { id: string }[] }>(`{ result: application(id: "${application}") { auths { id } } }`)).auths.map(({ id }) => id);

beforeEach(async () => {
  application = (await result<{ id: string }>(`mutation { result: registerApplication(in: {name: "a${randomUUID()}"}) { id } }`)).id;
  hydra.calls.length = 0;
});

describe('an OAuth2 server outside of the plane', () => {
  it('makes the clients, whose id is that of the auth', async () => {
    const made = await result<{ id: string }>(request(application));
    expect(made).toEqual({
      id: made.id,
      auth: { credential: { clientId: made.id, clientSecret: `secret of ${made.id}`, url: 'https://oauth.example.com/oauth2/token' } },
    });
    const [call] = hydra.calls;
    expect(call!.line).toBe('POST /admin/clients');
    expect(call!.headers).toMatchObject({ accept: 'application/json', 'content-type': 'application/json' });
    expect(call!.body).toMatch(/^\{"grant_types":\["client_credentials"\],"scope":"application:read application:write [a-z_:.\- ]+"\}$/);
  });

  it('is not asked for owners that are not there', async () => {
    expect((await ask(request(randomUUID()))).errors).toMatchObject([{ message: 'Object not found [object=application]' }]);
    expect(hydra.calls).toEqual([]);
  });

  it('may refuse: nothing is made then', async () => {
    hydra.failing = 500;
    const { errors } = await ask(request(application));
    expect(errors?.[0]?.message).toContain(
      `while creating client credentials for Application with id ${application}: while registering client credentials in Hydra: 500 Internal Server Error`,
    );
    expect(await auths()).toEqual([]);
  });

  it.each([
    ['no UUID', 'the OAuth2 server gave a client whose id is no UUID: "no UUID"'],
    ['00000000-0000-0000-0000-000000000000', 'Inconsistent or out-of-range data [object=systemAuth]'],
  ])('takes back a client that can not be kept: %s', async (id, text) => {
    hydra.nextId = id;
    expect((await ask(request(application))).errors?.[0]?.message).toContain(text);
    expect(hydra.calls.map(({ line }) => line)).toEqual(['POST /admin/clients', `DELETE /admin/clients/${encodeURIComponent(id)}`]);
    expect(await auths()).toEqual([]);
  });

  it('leaves the client of another auth alone where it gives an id twice', async () => {
    const { id } = await result<{ id: string }>(request(application));
    hydra.nextId = id;
    expect((await ask(request(application))).errors?.[0]?.message).toBe('Object is not unique [object=systemAuth]');
    expect(hydra.clients.has(id)).toBe(true);
  });

  it('forgets the client before its auth goes, which stays while the server refuses', async () => {
    const { id } = await result<{ id: string }>(request(application));
    const remove = `mutation { result: deleteSystemAuthForApplication(authID: "${id}") { id } }`;
    hydra.failing = 404;
    expect((await ask(remove)).errors?.[0]?.message).toContain('while deleting OAuth 2.0 client: 404 Not Found');
    expect(await auths()).toEqual([id]);
    expect(await result(remove)).toEqual({ id });
    expect(hydra.clients.has(id)).toBe(false);
    expect(await auths()).toEqual([]);
  });

  it('forgets the clients of what is unregistered', async () => {
    const { id } = await result<{ id: string }>(request(application));
    await result(`mutation { result: unregisterApplication(id: "${application}") { id } }`);
    await expect.poll(() => hydra.clients.has(id)).toBe(false);
  });

  it.each([
    ['Application', 'Application', /^application:read application:write /],
    ['Runtime', 'Runtime', /^runtime:read runtime:write /],
    ['IntegrationSystem', 'Integration System', /integration_system:read /],
  ])('keeps clients of every kind of owner, each with the scopes of its kind: %s', async (kind, title, scopes) => {
    const { id: owner } = await result<{ id: string }>(
      `mutation { result: register${kind}(in: {name: "o${randomUUID().slice(0, 8)}"}) { id } }`,
    );
    const ask1 = `mutation { result: requestClientCredentialsFor${kind}(id: "${owner}") { id } }`;
    hydra.failing = 409;
    expect((await ask(ask1)).errors?.[0]?.message).toContain(
      `while creating client credentials for ${title} with id ${owner}: while registering client credentials in Hydra: 409 Conflict`,
    );
    const [{ id: first }, { id: second }] = [await result<{ id: string }>(ask1), await result<{ id: string }>(ask1)];
    expect([hydra.clients.get(first), hydra.clients.get(second)]).toEqual([expect.stringMatching(scopes), hydra.clients.get(first)]);
    const others = ['Application', 'Runtime', 'IntegrationSystem'].filter((other) => other !== kind);
    for (const other of others)
      expect((await ask(`mutation { result: deleteSystemAuthFor${other}(authID: "${first}") { id } }`)).errors?.[0]?.message).toBe(
        'Object not found [object=systemAuth]',
      );
    expect(hydra.clients.has(first)).toBe(true);
    await result(`mutation { result: deleteSystemAuthFor${kind}(authID: "${first}") { id } }`);
    expect(hydra.clients.has(first)).toBe(false);
    await result(`mutation { result: unregister${kind}(id: "${owner}") { id } }`);
    await expect.poll(() => hydra.clients.has(second)).toBe(false);
  });

  it('may write ids in capitals: the auth has the id that is kept, and the client its own', async () => {
    const given = randomUUID().toUpperCase();
    hydra.nextId = given;
    const made = await result<{ id: string; auth: { credential: { clientId: string } } }>(request(application));
    expect([made.id, made.auth.credential.clientId]).toEqual([given.toLowerCase(), given]);
    hydra.tokens.set('of capitals', { client: given, scope: hydra.clients.get(given)! });
    expect(await ask('{ result: viewer { id } }', 'of capitals')).toMatchObject({ data: { result: { id: application } } });
    hydra.nextId = given;
    expect((await ask(request(application))).errors?.[0]?.message).toBe('Object is not unique [object=systemAuth]');
    await result(`mutation { result: deleteSystemAuthForApplication(authID: "${given}") { id } }`);
    expect(hydra.calls.map(({ line }) => line)).toContain(`DELETE /admin/clients/${given}`);
    expect(hydra.clients.has(given)).toBe(false);
    expect(await auths()).toEqual([]);
  });

  it('is not told of a client that shares its auth with a token, nor of one that an update drops', async () => {
    const { id } = await result<{ id: string }>(request(application));
    const both = `auth { credential { ... on OAuthCredentialData { clientId } } oneTimeToken { token } }`;
    const { token } = await result<{ token: string }>(
      `mutation { result: requestOneTimeTokenForApplication(id: "${application}", systemAuthID: "${id}") { token } }`,
    );
    const shown = await result(`{ result: systemAuth(id: "${id}") { ... on AppSystemAuth { ${both} } } }`);
    expect(shown).toEqual({ auth: { credential: { clientId: id }, oneTimeToken: { token } } });
    hydra.calls.length = 0;
    const update = `mutation { result: updateSystemAuth(authID: "${id}", in: {accessStrategy: "open"}) { ... on AppSystemAuth { ${both} } } }`;
    expect(await result(update)).toEqual({ auth: { credential: null, oneTimeToken: null } });
    expect(hydra.calls).toEqual([]);
    expect(hydra.clients.has(id)).toBe(true);
  });

  it('says whose tokens are good, opaque ones too; they open nothing any more when the auth is gone', async () => {
    const { id } = await result<{ id: string }>(request(application));
    const viewer = '{ result: viewer { id type } }';
    expect((await ask(viewer, 'opaque')).status).toBe(401);
    hydra.tokens.set('opaque-2', { client: id, scope: hydra.clients.get(id)! });
    expect(await ask(viewer, 'opaque-2')).toMatchObject({ status: 200, data: { result: { id: application, type: 'APPLICATION' } } });
    await result(`mutation { result: unpairApplication(id: "${application}") { id } }`);
    expect((await ask(viewer, 'opaque-2')).status).toBe(401);
  });

  it('stands in for the endpoint of the plane', async () => {
    expect((await fetch(`${plane.ready.gateway}/oauth2/token`, { method: 'POST' })).status).toBe(404);
  });
});
