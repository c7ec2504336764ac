import { expect, it } from 'vitest';
import { createApplicationTemplate, updateApplicationTemplate } from '../../../src/director/application-template/rules.ts';
import { updateApplication } from '../../../src/director/application/changes/update.ts';
import { registerApplication } from '../../../src/director/application/rules.ts';
import { dependencyFaults } from '../../../src/director/integration-dependency/input.ts';
import { addDependency } from '../../../src/director/integration-dependency/rules.ts';
import { callerIn, directorCalls } from '../../support/director-calls.ts';

const TENANT = callerIn('T');
const dependency = (name: string) => ({ name, ordID: `ns:integrationDependency:${name}:v1` });

it('an application has one package for each namespace that it, or else its template, had when it was made', async () => {
  const { write } = directorCalls();
  const template = { name: 'tpl', applicationInput: { name: 'shop' }, accessLevel: 'GLOBAL' } as const;
  const { id: applicationTemplateID } = await write((call) => createApplicationTemplate(call, template), TENANT);
  const { id } = await write((call) => registerApplication(call, { name: 'shop' }, { applicationTemplateID }), TENANT);
  const add = (name: string) => write((call) => addDependency(call, id, dependency(name)), TENANT);

  const first = await add('a');
  await expect(add('b')).rejects.toThrow('Object is not unique [object=package]');
  await write(
    (call) => updateApplicationTemplate(call, applicationTemplateID, { ...template, applicationNamespace: 'x.y' }, false),
    TENANT,
  );
  const second = await add('b');
  expect(second.packageID).not.toBe(first.packageID);
  await expect(add('c')).rejects.toThrow('Object is not unique [object=package]');
  await write((call) => updateApplication(call, id, { applicationNamespace: 'own.ns' }), TENANT);
  expect([first.packageID, second.packageID]).not.toContain((await add('c')).packageID);
});

it('the length of an ORD id counts bytes', () => {
  const faultOf = (ordID: string) => dependencyFaults({ name: 'n', ordID });
  expect(faultOf('ü'.repeat(127))).toEqual({ ordID: 'must be in a valid format' });
  expect(faultOf('ü'.repeat(128))).toEqual({ ordID: 'the length must be between 1 and 255' });
});

it('no part of a subset of events may be missing', () => {
  const eventResources = [{ ordId: 'ns:eventResource:n:v1', subset: [{ eventType: 'a.b.c.v1' }, null] }];
  expect(dependencyFaults({ ...dependency('n'), aspects: [{ name: 'a', eventResources }] })).toEqual({
    aspects: { 0: { eventResources: { 0: { subset: { 1: 'cannot be blank' } } } } },
  });
});
