import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fromTemplateInputFaults } from '../../../../src/director/application-template/input.ts';
import { registerApplicationFromTemplate } from '../../../../src/director/application-template/registration.ts';
import {
  createApplicationTemplate,
  deleteApplicationTemplate,
  updateApplicationTemplate,
} from '../../../../src/director/application-template/rules.ts';
import { certificateSubjectMappings } from '../../../../src/director/certificate-subject-mapping/records.ts';
import type { ApplicationTemplateInput } from '../../../../src/director/schema/types.generated.ts';
import { callerIn, directorCalls } from '../../../support/director-calls.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const TENANT = callerIn('T');
const PROVIDER = { ...TENANT, flow: 'Certificate' as const };

const template = (more: Partial<ApplicationTemplateInput> = {}): ApplicationTemplateInput => ({
  name: 'tpl',
  applicationInput: { name: 'shop {{x}}' },
  placeholders: [{ name: 'x' }],
  accessLevel: 'GLOBAL',
  ...more,
});

it('a value of a template that is missing is named', () => {
  expect(fromTemplateInputFaults({ templateName: 't', values: [{ placeholder: 'x', value: 'v' }, null] })).toEqual({
    values: { 1: 'cannot be blank' },
  });
});

it('placeholders are kept as they were given', async () => {
  const placeholders = [
    { name: 'x', description: '', jsonPath: '', optional: null },
    { name: 'y', description: null },
  ];
  const applicationInput = { name: '{{x}}{{y}}' };
  const { write } = directorCalls();
  const created = await write((call) => createApplicationTemplate(call, template({ placeholders, applicationInput })));
  expect(created.placeholders).toEqual([
    { name: 'x', description: '', jsonPath: '' },
    { name: 'y', optional: false },
  ]);
});

describe('slisFilter and systemRole', () => {
  const filter = (...products: string[]) => products.map((productId) => ({ productId }));
  const create = (labels: Record<string, unknown>) =>
    directorCalls().write((call) => createApplicationTemplate(call, template({ labels })));

  it('have the same products, each as often, in any order', async () => {
    const labels = { systemRole: ['a', 'b', 'b'], slisFilter: filter('b', 'a', 'b') };
    expect((await create(labels)).labels).toEqual(labels);
  });
  it.each([
    [[], []],
    [
      ['a', 'b'],
      ['a', 'a'],
    ],
    [
      ['a', 'a'],
      ['a', 'b'],
    ],
    [['a'], ['a', 'a']],
  ])('%j with %j are refused', (systemRole, products) =>
    expect(create({ systemRole, slisFilter: filter(...products) })).rejects.toThrow('Invalid data'),
  );
});

it('of two templates of one provider and name the older one is taken', async () => {
  const { write } = directorCalls();
  const regional = (region: string, description: string) =>
    template({
      applicationInput: { name: '{{x}}', description, labels: { region: '{{region}}' } },
      placeholders: [{ name: 'x' }, { name: 'region', jsonPath: '$.r' }],
      labels: { systemRole: ['role'], region },
    });
  await write((call) => createApplicationTemplate(call, regional('eu', 'older')), PROVIDER);
  await setTimeout(2);
  await write((call) => createApplicationTemplate(call, regional('us', 'younger')), PROVIDER);
  const values = [
    { placeholder: 'x', value: 'a' },
    { placeholder: 'region', value: 'eu' },
  ];
  expect(await write((call) => registerApplicationFromTemplate(call, { templateName: 'tpl', values }), PROVIDER)).toMatchObject({
    description: 'older',
  });
});

it.each([
  ['provider', 'by SAP', false],
  ['provider', 'by\u2003SAP', false],
  ['provider', 'SAPPHIRE', true],
  ['application-type', 'SAP', false],
  ['application-type', 'SAP Shop', false],
  ['application-type', ' SAPPHIRE', false],
  ['application-type', 'SAPPHIRE', true],
])('placeholder %s may be %j: %j', async (name, value, fine) => {
  const { write } = directorCalls();
  await write((call) => createApplicationTemplate(call, template({ applicationInput: { name: `{{${name}}}` }, placeholders: [{ name }] })));
  const registered = write(
    (call) => registerApplicationFromTemplate(call, { templateName: 'tpl', values: [{ placeholder: name, value }] }),
    TENANT,
  );
  await (fine ? expect(registered).resolves.toMatchObject({ name: value }) : expect(registered).rejects.toThrow('not allowed'));
});

it('serialized texts of webhooks are read before the template is looked for', async () => {
  const auth = { additionalHeadersSerialized: '[' };
  const input = template({ webhooks: [{ type: 'CONFIGURATION_CHANGED', url: 'https://x.example.com', auth }] });
  const { write } = directorCalls();
  await expect(write((call) => updateApplicationTemplate(call, UNKNOWN, input, false))).rejects.toThrow('unable to unmarshal HTTP headers');
});

describe('a provider and self-registration', () => {
  const SELF = 'non-existent-label-key';

  it.each([{}, { [SELF]: 'x', systemRole: ['r'] }, { [SELF]: 'x' }])('creates no template with labels %j', async (labels) => {
    const { write, registry } = directorCalls();
    await expect(write((call) => createApplicationTemplate(call, template({ labels })), PROVIDER)).rejects.toThrow(
      /Invalid data|not allowed/,
    );
    expect((await registry.info()).records).toEqual({});
  });

  it('changes only templates of providers; those of systems that register themselves need a displayName', async () => {
    const { write } = directorCalls();
    const { id } = await write((call) => createApplicationTemplate(call, template()));
    const update = (
      labels: Record<string, unknown>,
      caller = TENANT,
      applicationInput: { name: string; labels?: object } = { name: '{{x}}' },
    ) => write((call) => updateApplicationTemplate(call, id, template({ labels, applicationInput } as never), false), caller);
    await expect(update({}, PROVIDER)).rejects.toThrow('needs label');
    await update({ [SELF]: 'x' });
    await expect(update({}, PROVIDER)).rejects.toThrow('displayName');
    await expect(update({}, PROVIDER, { name: '{{x}}', labels: { displayName: 'd' } })).resolves.toMatchObject({ id });
  });

  it('is over for a template only where its region is known and nobody has to be told', async () => {
    const { write } = directorCalls();
    const { id } = await write((call) => createApplicationTemplate(call, template()));
    const update = (labels: Record<string, unknown>) => write((call) => updateApplicationTemplate(call, id, template({ labels }), false));
    const remove = (caller = TENANT) => write((call) => deleteApplicationTemplate(call, id), caller);
    await update({ [SELF]: 'x' });
    await expect(remove()).rejects.toThrow(
      `Object not found: label region for application template with ID ${id} doesn't exist [ID=; object=label]`,
    );
    await update({ region: 'eu' });
    await expect(remove(PROVIDER)).rejects.toThrow('not allowed');
    await expect(remove()).resolves.toMatchObject({ id });
  });
});

it('a certificate acts for the template that was created with it, in a tenant or not, until that is gone', async () => {
  const { write, registry } = directorCalls();
  const certificate = { ...callerIn(), flow: 'Certificate', subject: 'C=DE, L=local, O=Acme, OU=Region, CN=acme' };
  const { id } = await write((call) => createApplicationTemplate(call, template()), certificate);
  const mappings = () => registry.read((tx) => tx.find(certificateSubjectMappings, 'consumer', id));
  expect(await mappings()).toMatchObject([{ subject: certificate.subject, consumerType: 'Application Provider', internalConsumerID: id }]);
  const [made] = await mappings();
  await write(
    (call) => call.tx.put(certificateSubjectMappings, { ...made!, id: 'other', subject: 'CN=other', consumerType: 'Runtime' }) as never,
  );
  await write((call) => deleteApplicationTemplate(call, id));
  expect(await mappings()).toEqual([]);
});
