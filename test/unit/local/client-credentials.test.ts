/** A client of the plane's own token endpoint, from its making to its end, over real sockets. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/local/options.ts';
import { type Plane, startPlane } from '../../../src/local/plane.ts';

let dir: string;
let plane: Plane;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'compass-oauth-'));
  plane = await startPlane({ ...DEFAULT_OPTIONS, version: '0.0.0-test', dataDir: dir, seed: 'reference' });
});
afterAll(async () => {
  await plane.close();
  rmSync(dir, { recursive: true, force: true });
});

interface Answered {
  readonly status: number;
  readonly data?: { readonly result?: Record<string, never> } | null;
  readonly errors?: readonly { readonly message: string }[];
}

async function ask(query: string, token = plane.ready.token, headers: Record<string, string> = {}): Promise<Answered> {
  const response = await fetch(`${plane.ready.director}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...((await response.json()) as Omit<Answered, 'status'>) };
}

interface Client {
  readonly id: string;
  readonly auth: { readonly credential: { readonly clientSecret: string; readonly url: string } };
}

async function newClient(
  kind: 'Application' | 'IntegrationSystem',
  name: string,
): Promise<{ owner: string; client: Client; token: string }> {
  const registered = await ask(`mutation { result: register${kind}(in: { name: "${name}" }) { id } }`);
  const { id: owner } = registered.data!.result as unknown as { id: string };
  const made = await ask(
    `mutation { result: requestClientCredentialsFor${kind}(id: "${owner}") { id ... on ${kind === 'Application' ? 'App' : 'IntSys'}SystemAuth { auth { credential { ... on OAuthCredentialData { clientSecret url } } } } } }`,
  );
  const client = made.data!.result as unknown as Client;
  const response = await fetch(client.auth.credential.url, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client.id,
      client_secret: client.auth.credential.clientSecret,
    }),
  });
  return { owner, client, token: ((await response.json()) as { access_token: string }).access_token };
}

describe('a client of an application', () => {
  it('is its application, in its own tenant, until it is taken away', async () => {
    const { owner, client, token } = await newClient('Application', 'shop');
    await expect(ask('{ result: viewer { id type } }', token)).resolves.toMatchObject({
      data: { result: { id: owner, type: 'APPLICATION' } },
    });
    await expect(ask(`{ result: application(id: "${owner}") { name } }`, token)).resolves.toMatchObject({
      data: { result: { name: 'shop' } },
    });
    await expect(ask('{ result: runtimes { totalCount } }', token)).resolves.toMatchObject({
      errors: [{ message: expect.stringContaining('required=runtime:read') }],
    });
    const foreign = { tenant: '1eba80dd-8ff6-54ee-be4d-77944d17b10b' };
    await expect(ask('{ result: viewer { id } }', token, foreign)).resolves.toMatchObject({
      status: 400,
      errors: [{ message: expect.stringContaining('Tenant not found') }],
    });

    await ask(`mutation { result: deleteSystemAuthForApplication(authID: "${client.id}") { id } }`);
    await expect(ask('{ result: viewer { id } }', token)).resolves.toMatchObject({ status: 401 });
  });
});

describe('a client of an integration system', () => {
  it('names the tenant in which it works', async () => {
    const { token } = await newClient('IntegrationSystem', 'bridge');
    await expect(ask('{ result: applications { totalCount } }', token)).resolves.toMatchObject({
      errors: [{ message: 'Tenant is required' }],
    });
    await expect(ask('{ result: applications { totalCount } }', token, { tenant: plane.ready.tenant })).resolves.toMatchObject({
      status: 200,
      data: { result: {} },
    });
  });
});

describe('the keys of the plane', () => {
  it('are shown to whoever checks its tokens', async () => {
    const { keys } = (await (await fetch(`${plane.ready.gateway}/.well-known/jwks.json`)).json()) as { keys: Record<string, unknown>[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ alg: 'ES256', use: 'sig' });
    expect(keys[0]).not.toHaveProperty('d');
  });
});
