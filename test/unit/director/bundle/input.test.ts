import { describe, expect, it } from 'vitest';
import { apiFaults } from '../../../../src/director/api/input.ts';
import { bundleCreateFaults } from '../../../../src/director/bundle/input.ts';
import { eventFaults } from '../../../../src/director/event/input.ts';
import { dependencyFaults } from '../../../../src/director/integration-dependency/input.ts';
import { inputError } from '../../../../src/director/validation.ts';

const message = (type: string, faults: Parameters<typeof inputError>[1] | undefined) => faults && inputError(type, faults).message;

describe('the name of', () => {
  it.each([
    ['a bundle', (name: string) => bundleCreateFaults({ name })],
    ['an API', (name: string) => apiFaults({ name, targetURL: 'http://a' })],
    ['an event', (name: string) => eventFaults({ name })],
    ['a dependency', (name: string) => dependencyFaults({ name, ordID: 'a:integrationDependency:b:v1' })],
  ])('%s is judged by its characters before its length', (_, judge) => {
    expect(judge('ü'.repeat(300))).toEqual({ name: 'must contain printable ASCII characters only' });
    expect(judge('u'.repeat(300))).toEqual({ name: expect.stringContaining('the length must be between 1 and') as string });
    expect(judge('')).toEqual({ name: 'cannot be blank' });
    expect(judge(' ')).toBeUndefined();
  });
});

describe('faults deep in a bundle', () => {
  const bundle = {
    name: 'b',
    apiDefinitions: [
      { name: 'fine', targetURL: 'http://a' },
      {
        name: '',
        targetURL: `x y${'z'.repeat(300)}`,
        version: { value: 'v1', deprecated: null, forRemoval: false },
        spec: { type: 'ODATA', format: 'YAML', data: 'x', fetchRequest: { url: 'x', filter: '' } },
      },
    ],
    eventDefinitions: [{ name: 'e', spec: { type: 'ASYNC_API', format: 'XML' } }],
    defaultInstanceAuth: { credential: { basic: { username: '', password: 'p' }, oauth: { clientId: 'i', clientSecret: 's', url: 'zz' } } },
  } as const;

  it('are told together, rules before fields, each with its first', () => {
    expect(message('BundleCreateInput', bundleCreateFaults(bundle as never))).toBe(
      'Invalid data BundleCreateInput [apiDefinitions=1: (name: cannot be blank; ' +
        'spec: (Rule.DataOrFetchRequest: Only one of Data or Fetch Request must be passed; ' +
        'Rule.FetchRequest: (filter: cannot be blank; url: must be a valid URL.); ' +
        'Rule.MatchingTypeAndFormat: YAML is not a valid spec format for spec type ODATA.); ' +
        'targetURL: must be a valid URL; version: (deprecated: is required; value: must be in a valid format.).).; ' +
        'defaultInstanceAuth=credential: (Basic: (username: cannot be blank.); Oauth: (url: must be a valid URL.); ' +
        'Rule.ExactlyOneNotNil: exactly one credential input has to be specified.).; ' +
        'eventDefinitions=0: (spec: (Rule.DataOrFetchRequest: Only one of Data or Fetch Request must be passed; ' +
        'Rule.Format: must be a valid value; ' +
        'Rule.MatchingTypeAndFormat: format XML is not a valid spec format for spec type ASYNC_API.).).]',
    );
  });
});
