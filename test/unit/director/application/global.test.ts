import { expect, it } from 'vitest';
import { ADMIN, ADMIN_OF_NOTHING, askedDirector } from '../../../support/director-asked.ts';

const FOO = '1eba80dd-8ff6-54ee-be4d-77944d17b10b';

it('of an application among those of all tenants, strangers are shown what its template brings, and callers without a tenant nothing below it', async () => {
  const { ask } = await askedDirector();
  const template =
    '{name: "t", accessLevel: GLOBAL, applicationInput: {name: "n"}, webhooks: [{type: CONFIGURATION_CHANGED, url: "http://template.test"}]}';
  await ask(`mutation { result: createApplicationTemplate(in: ${template}) { id } }`);
  const { data } = await ask(
    'mutation { result: registerApplicationFromTemplate(in: {templateName: "t", values: [{placeholder: "x", value: ""}]}) { id } }',
  );
  const { id } = data!.result as { id: string };
  await ask(`mutation { result: addWebhook(applicationID: "${id}", in: {type: OPEN_RESOURCE_DISCOVERY, url: "http://own.test"}) { id } }`);
  const asked = 'webhooks { url } auths { id } labels(key: "managed")';
  const query = `{ result: applicationsGlobal { data { application { ${asked} } } } }`;
  const shown = async (caller = ADMIN) => {
    const { data: told, errors } = await ask(query, caller);
    return { errors, application: (told!.result as { data: { application: unknown }[] }).data[0]!.application };
  };
  const [own, inherited] = ['own', 'template'].map((name) => ({ url: `http://${name}.test` }));
  expect(await shown()).toEqual({ application: { webhooks: [own, inherited], auths: [], labels: { managed: 'false' } } });
  expect(await shown({ ...ADMIN, tenant: { id: FOO, externalId: FOO } })).toEqual({
    application: { webhooks: [inherited], auths: [], labels: null },
  });
  const { errors, application } = await shown(ADMIN_OF_NOTHING);
  expect(errors!.map(({ message, path }) => [message, path!.at(-1)])).toEqual([
    ['Tenant is required', 'webhooks'],
    ['Tenant is required', 'auths'],
  ]);
  expect(application).toEqual({ webhooks: null, auths: null, labels: { managed: 'false' } });
});
