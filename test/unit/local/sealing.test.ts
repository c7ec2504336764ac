/** No secret of anybody lies readable in the folder of the Registry, whichever operation brought it there. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/local/options.ts';
import { type Plane, startPlane } from '../../../src/local/plane.ts';

const SECRET = 'never-to-be-read';
let counter = 0;
/** Each with a word of its own, so that a failure tells which. */
const word = () => `${SECRET}-${counter++}`;
const basic = () => `{credential: {basic: {username: "u", password: "${word()}"}}}`;
const oauth = () => `{credential: {oauth: {clientId: "c", clientSecret: "${word()}", url: "http://127.0.0.1:1/token"}}}`;
const certificate = () => `{credential: {certificateOAuth: {clientId: "c", certificate: "${word()}", url: "http://127.0.0.1:1/token"}}}`;
const headers = () =>
  `{additionalHeadersSerialized: "{\\"key\\":[\\"${word()}\\"]}", additionalQueryParamsSerialized: "{\\"key\\":[\\"${word()}\\"]}", requestAuth: {csrf: {tokenEndpointURL: "http://127.0.0.1:1/csrf", credential: {basic: {username: "u", password: "${word()}"}}}}}`;
const spec = (type: string) => `{type: ${type}, format: JSON, fetchRequest: {url: "http://127.0.0.1:1/spec", auth: ${oauth()}}}`;

async function asker(plane: Plane) {
  return async <T = { id: string }>(field: string): Promise<T> => {
    const response = await fetch(`${plane.ready.director}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${plane.ready.token}` },
      body: JSON.stringify({ query: `mutation { result: ${field} }` }),
    });
    const { data, errors } = (await response.json()) as { data: { result: T } | null; errors?: unknown };
    expect(errors).toBeUndefined();
    return data!.result;
  };
}

it('seals every kind of secret', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'compass-sealing-'));
  const plane = await startPlane({ ...DEFAULT_OPTIONS, ephemeral: false, version: '0.0.0-test', dataDir });
  const issued: string[] = [];
  try {
    const ask = await asker(plane);
    const webhook = (auth: string) => `{type: OPEN_RESOURCE_DISCOVERY, url: "http://127.0.0.1:1/hook", auth: ${auth}}`;
    const application = (
      await ask(
        `registerApplication(in: {name: "shop", webhooks: [${webhook(basic())}], bundles: [{name: "nested", defaultInstanceAuth: ${basic()}}]}) { id }`,
      )
    ).id;
    const runtime = (await ask(`registerRuntime(in: {name: "prod", webhooks: [${webhook(oauth())}]}) { id }`)).id;
    const system = (await ask(`registerIntegrationSystem(in: {name: "broker"}) { id }`)).id;
    await ask(
      `createApplicationTemplate(in: {name: "kind", accessLevel: GLOBAL, webhooks: [${webhook(certificate())}], applicationInput: {name: "x", webhooks: [${webhook(basic())}]}}) { id }`,
    );
    await ask(`createFormationTemplate(in: {name: "type", applicationTypes: ["x"], webhooks: [${webhook(headers())}]}) { id }`);
    await ask(
      `addWebhook(applicationID: "${application}", in: {type: OPEN_RESOURCE_DISCOVERY_STATIC, url: "http://127.0.0.1:1/hook", auth: ${headers()}}) { id }`,
    );
    const bundle = (await ask(`addBundle(applicationID: "${application}", in: {name: "open"}) { id }`)).id;
    const api = (name: string) => `{name: "${name}", targetURL: "http://127.0.0.1:1", spec: ${spec('OPEN_API')}}`;
    const event = (name: string) => `{name: "${name}", spec: ${spec('ASYNC_API')}}`;
    await ask(`addAPIDefinitionToBundle(bundleID: "${bundle}", in: ${api('a')}) { id }`);
    await ask(`addAPIDefinitionToApplication(appID: "${application}", in: ${api('b')}) { id }`);
    await ask(`addEventDefinitionToBundle(bundleID: "${bundle}", in: ${event('c')}) { id }`);
    await ask(`addEventDefinitionToApplication(appID: "${application}", in: ${event('d')}) { id }`);
    await ask(
      `addDocumentToBundle(bundleID: "${bundle}", in: {title: "t", displayName: "t", description: "t", format: MARKDOWN, fetchRequest: {url: "http://127.0.0.1:1/doc", auth: ${headers()}}}) { id }`,
    );
    const wanted = (await ask(`requestBundleInstanceAuthCreation(bundleID: "${bundle}", in: {}) { id }`)).id;
    await ask(`setBundleInstanceAuth(authID: "${wanted}", in: {auth: ${basic()}}) { id }`);
    const made = (await ask(`createBundleInstanceAuth(bundleID: "${bundle}", in: {auth: ${oauth()}, runtimeID: "${runtime}"}) { id }`)).id;
    await ask(`updateBundleInstanceAuth(id: "${made}", bundleID: "${bundle}", in: {auth: ${headers()}}) { id }`);
    for (const [kind, id, type] of [
      ['Application', application, 'App'],
      ['Runtime', runtime, 'Runtime'],
      ['IntegrationSystem', system, 'IntSys'],
    ]) {
      const client = await ask<{ id: string; auth: { credential: { clientSecret: string } } }>(
        `requestClientCredentialsFor${kind}(id: "${id}") { id ... on ${type}SystemAuth { auth { credential { ... on OAuthCredentialData { clientSecret } } } } }`,
      );
      issued.push(client.auth.credential.clientSecret);
      if (kind === 'IntegrationSystem') await ask(`updateSystemAuth(authID: "${client.id}", in: ${basic()}) { id }`);
      else issued.push((await ask<{ token: string }>(`requestOneTimeTokenFor${kind}(id: "${id}") { token }`)).token);
    }
  } finally {
    await plane.close();
  }
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(dataDir, file)).isFile());
  expect(files).toContain('registry.json');
  expect(issued).toHaveLength(5);
  for (const file of files) {
    const text = readFileSync(join(dataDir, file), 'utf8');
    expect.soft(text.match(new RegExp(`${SECRET}-\\d+`, 'g')) ?? [], file).toEqual([]);
    expect
      .soft(
        issued.filter((secret) => text.includes(secret)),
        file,
      )
      .toEqual([]);
    expect.soft(text, file).not.toContain('PRIVATE KEY');
    if (file !== 'ca.pem') expect.soft(text, file).not.toMatch(/"d":\s*"/);
  }
  // the key that all this is sealed with is nobody's but the owner's
  const readable = files.filter((file) => file !== 'ca.pem' && (statSync(join(dataDir, file)).mode & 0o077) !== 0);
  expect(readable).toEqual([]);
  rmSync(dataDir, { recursive: true, force: true });
});
