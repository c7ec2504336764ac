/** Operators at their edges (`reference: facts/formations.md 11`). */
import { describe, expect, it } from 'vitest';
import { applications } from '../../../../src/director/application/records.ts';
import { OPERATORS } from '../../../../src/director/formation-constraint/operators/index.ts';
import { ADDRESS, type AssignmentFacts, type Handles } from '../../../../src/director/formation-constraint/operators/operator.ts';
import { systemAuths } from '../../../../src/director/system-auth/records.ts';
import { openMemoryRegistry } from '../../../../src/registry/memory/registry.ts';
import { callerIn } from '../../../support/director-calls.ts';

const registry = openMemoryRegistry();
const run = (operator: string, input: Record<string, unknown>, handles: Handles = {}) =>
  (async () => OPERATORS[operator]!({ tx: registry.latest, caller: callerIn('t') } as never, input, handles))();

const FACTS: AssignmentFacts = {
  mode: 'ASYNC_CALLBACK',
  operationType: 'ASSIGN',
  targetType: 'APPLICATION',
  target: 'shop',
  state: 'READY',
  configuration: undefined,
};

describe('ContainsScenarioGroups', () => {
  const withToken = async (scenarioGroups: string[]) => {
    await registry.write({ by: 'test', operation: 'token' }, async (tx) => {
      await tx.put(applications, { id: 'shop', labels: {}, scenarios: {}, access: [], status: { condition: 'CONNECTED' } } as never);
      await tx.put(systemAuths, {
        id: 'auth',
        owner: { kind: 'application', id: 'shop' },
        auth: { oneTimeToken: { token: 'token', createdAt: '1', scenarioGroups } },
      } as never);
    });
    return run('ContainsScenarioGroups', { resource_type: 'APPLICATION', resource_id: 'shop', requiredScenarioGroups: ['b'] });
  };

  it.each([
    [['{"key":"a"}', '{"key":"b","description":"d"}'], true],
    [['{"key":"a"}', '{"description":"b"}'], false],
    [['a', 'b'], true],
    [['a', '{"key":"b"}'], false],
    [['{"key":1}', 'b'], true],
    [[], true],
  ])('%j: %s', async (groups, satisfied) => expect(await withToken(groups)).toBe(satisfied));

  it('is for applications alone, even where no group is needed', () =>
    expect(run('ContainsScenarioGroups', { resource_type: 'TENANT', requiredScenarioGroups: [] })).rejects.toThrow(
      'Unsupported resource type "TENANT"',
    ));
});

it('IsNotAssignedToAnyFormationOfType judges the kind before the exceptions', () =>
  expect(
    run('IsNotAssignedToAnyFormationOfType', { resource_type: 'RUNTIME', resource_subtype: 'kyma', exceptSystemTypes: ['kyma'] }),
  ).rejects.toThrow('Unsupported resource type "RUNTIME"'));

describe('RedirectNotification', () => {
  const address = Number(ADDRESS.webhook);

  it('leaves addresses that are not given', async () => {
    const webhook = { url: undefined, urlTemplate: '{}' };
    await run('RedirectNotification', { should_redirect: true, webhook_memory_address: address, url: 'http://x.test' }, { webhook });
    expect(webhook).toEqual({ url: undefined, urlTemplate: '{}' });
  });

  it('needs the webhook even where it does nothing', () =>
    expect(run('RedirectNotification', { should_redirect: false }, { webhook: { url: 'a', urlTemplate: undefined } })).rejects.toThrow());
});

it('ConfigMutator looks for the report only where it changes something', async () => {
  expect(
    await run('ConfigMutator', { only_for_source_subtypes: ['crm'], source_resource_type: 'APPLICATION', source_resource_id: 'shop' }),
  ).toBe(true);
  await expect(run('ConfigMutator', { state: 'READY' })).rejects.toThrow('memory address cannot be 0');
});

describe('DestinationCreator', () => {
  const input = { operation: 'assign', formation_assignment_memory_address: Number(ADDRESS.assignment) };
  const judged = (configuration: unknown, more: object = {}) =>
    run('DestinationCreator', { ...input, ...more }, { assignment: { ...FACTS, configuration: JSON.stringify(configuration) } });

  it.each([
    [{ destinations: [] }],
    [{ destinations: 'none' }],
    [{ credentials: { inboundCommunication: { basicAuthentication: { destinations: [] } } } }],
    [{ credentials: { outboundCommunication: { basicAuthentication: {} } } }],
  ])('is satisfied with %j', async (configuration) => expect(await judged(configuration)).toBe(true));

  it.each([[{ destinations: [{ name: 'd' }] }], [{ credentials: { inboundCommunication: { samlAssertion: { destinations: [{}] } } } }]])(
    'has nobody who makes %j',
    (configuration) => expect(judged(configuration)).rejects.toThrow('no destination service is configured'),
  );

  it('has nothing to make on leaving', async () => expect(await judged({ destinations: [{}] }, { operation: 'unassign' })).toBe(true));
  it('knows two operations', () =>
    expect(judged({}, { operation: 'other' })).rejects.toThrow('The formation operation is invalid: "other"'));
});
