import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../../src/local/options.ts';
import { type Plane, startPlane } from '../../../../src/local/plane.ts';

interface Answered {
  readonly data: unknown;
  readonly errors?: readonly { readonly path: readonly string[]; readonly extensions: { readonly error_code: number } }[];
}
let plane: Plane;
let application: string;
let bundle: string;

async function ask(query: string): Promise<Answered> {
  const response = await fetch(`${plane.ready.director}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${plane.ready.token}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answered;
}

beforeAll(async () => {
  plane = await startPlane({ ...DEFAULT_OPTIONS, version: 'test', dataDir: '' });
  const { data } = await ask(
    'mutation { app: registerApplication(in: {name: "shop", bundles: [{name: "b"}]}) { id bundles { data { id } } } }',
  );
  const { app } = data as { app: { id: string; bundles: { data: { id: string }[] } } };
  application = app.id;
  bundle = app.bundles.data[0]!.id;
});
afterAll(() => plane.close());

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('an id that is none', () => {
  it.each([
    'apisForApplication(appID: "ID") { totalCount }',
    'eventsForApplication(appID: "ID") { totalCount }',
    'bundleInstanceAuth(id: "ID") { id }',
    'bundleByInstanceAuth(authID: "ID") { id }',
    'application(id: "ID") { id }',
    'application(id: "APPLICATION") { bundle(id: "ID") { id } }',
    'application(id: "APPLICATION") { apiDefinition(id: "ID") { id } }',
    'application(id: "APPLICATION") { eventDefinition(id: "ID") { id } }',
    'application(id: "APPLICATION") { bundle(id: "BUNDLE") { apiDefinition(id: "ID") { id } } }',
    'application(id: "APPLICATION") { bundle(id: "BUNDLE") { eventDefinition(id: "ID") { id } } }',
    'application(id: "APPLICATION") { bundle(id: "BUNDLE") { document(id: "ID") { id } } }',
    'application(id: "APPLICATION") { bundle(id: "BUNDLE") { instanceAuth(id: "ID") { id } } }',
  ])('is an error where an unknown one is not: %s', async (field) => {
    const asked = (id: string) =>
      ask(`{ ${field.replace('APPLICATION', application).replace('BUNDLE', bundle).replace('"ID"', `"${id}"`)} }`);
    expect((await asked(UNKNOWN)).errors).toBeUndefined();
    const { errors } = await asked('abc');
    expect(errors).toHaveLength(1);
    expect(errors![0]).toMatchObject({ extensions: { error_code: 20 } });
    expect(errors![0]!.path.length).toBe(field.split('{').length - 1);
  });
});
