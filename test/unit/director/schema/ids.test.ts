/** Ids of arguments mean the object, however a client writes them; answers show them as they are kept. */
import { beforeEach, describe, expect, it } from 'vitest';
import { answerDirector } from '../../../../src/director/http/routes.ts';
import { canonicalUUID } from '../../../../src/text/uuid.ts';
import { ADMIN, askedDirector, type AskedDirector, DEFAULT_TENANT, posted } from '../../../support/director-asked.ts';

let plane: AskedDirector;
let id: string;
const made = async (document: string) => (await plane.ask(document)).data as Record<string, never>;

beforeEach(async () => {
  plane = await askedDirector();
  ({ id } = (await made('mutation { a: registerApplication(in: {name: "shop", bundles: [{name: "b"}]}) { id } }')).a!);
});

const FORMS: readonly [string, (id: string) => string][] = [
  ['capitals', (text) => text.toUpperCase()],
  ['braces', (text) => `{${text}}`],
  ['no hyphens', (text) => text.replaceAll('-', '')],
];

describe.each(FORMS)('an id with %s', (_, form) => {
  it('finds the object, for reading and for changing', async () => {
    const query = 'query ($id: ID!) { application(id: $id) { id } }';
    for (let time = 0; time < 2; time++) {
      const { body } = await plane.director.graphql(posted(query, { id: form(id) }));
      expect(JSON.parse(body).data).toEqual({ application: { id } });
    }
    expect(await made(`mutation { a: updateApplication(id: "${form(id)}", in: {}) { id } }`)).toEqual({ a: { id } });
  });

  it('finds what is below, and what an input names', async () => {
    const [bundle] = (await made(`{ a: application(id: "${id}") { bundles { data { id } } } }`)).a!['bundles']['data'] as { id: string }[];
    for (let time = 0; time < 2; time++)
      expect(await made(`{ a: application(id: "${id}") { bundle(id: "${form(bundle!.id)}") { id } } }`)).toEqual({ a: { bundle } });
    const access = `{ tenantID: "${DEFAULT_TENANT}", resourceType: APPLICATION, resourceID: "${form(id)}", owner: true }`;
    expect(await made(`mutation { a: addTenantAccess(in: ${access}) { resourceID } }`)).toEqual({ a: { resourceID: id } });
  });

  it('opens a path', async () => {
    const path = `/last_operation/application/${form(id)}`;
    const request = { ...posted('', {}), method: 'GET', path };
    const { status, body } = await answerDirector(plane.director, request);
    if (form(id).length === 36) expect([status, JSON.parse(body).resource_id]).toEqual([200, id]);
    else expect(status).toBe(400);
  });
});

describe('what others call their things', () => {
  it('means what is written', async () => {
    const find = (external: string) => plane.ask(`{ result: tenantByExternalID(id: "${external}") { id } }`);
    expect((await find(DEFAULT_TENANT)).data?.result).toEqual({ id: DEFAULT_TENANT });
    expect((await find(DEFAULT_TENANT.toUpperCase())).errors?.[0]?.message).toBe('Object not found [object=tenant]');
  });

  it('brings no tenant to a formation by another spelling, while objects come', async () => {
    await made('mutation { a: createFormation(formation: {name: "f1"}) { id } }');
    const formation = '{name: "f1"}';
    const assign = (object: string, type: string) =>
      plane.refusal(
        `mutation { result: assignFormation(objectID: "${object}", objectType: ${type}, formation: ${formation}) { id } }`,
        ADMIN,
      );
    expect(await assign(DEFAULT_TENANT.toUpperCase(), 'TENANT')).toBe('Object not found [object=tenant]');
    expect(await assign(id.toUpperCase(), 'APPLICATION')).toBe('Object not found [object=applicationLabel]');
  });
});

it('texts that PostgreSQL would not take for a UUID stay as they are', () => {
  for (const text of ['', 'shop', `{${id}`, `${id}}`, `urn:uuid:${id}`, `${id}0`, id.replace('-', '--'), ` ${id}`])
    expect(canonicalUUID(text)).toBe(text);
  expect(canonicalUUID(id)).toBe(id);
});
