import { describe, expect, test } from 'vitest';
import { candidates, type CompletedCommand } from '../../src/cli/completion/candidates.ts';

const commands: CompletedCommand[] = [
  {
    id: 'app:get',
    flags: { output: { type: 'option', char: 'o', options: ['json', 'text'] }, verbose: { type: 'boolean' } },
    args: { application: {} },
  },
  { id: 'app:label:set', flags: {}, args: { application: {}, key: {}, value: {} } },
  { id: 'app-template:get', flags: {}, args: { template: {} } },
  { id: 'formation-template:get', flags: {}, args: { template: {} } },
  { id: 'wait', flags: { app: { type: 'option' } }, args: { kind: { options: ['plane', 'runtime'] }, name: {} } },
  { id: 'bundle:get', flags: { app: { type: 'option', char: 'a' }, tenant: { type: 'option' } }, args: { bundle: {} } },
  { id: 'tenant:get', flags: {}, args: { id: {} } },
  { id: 'complete', hidden: true, flags: {}, args: {} },
];
const at = (...words: string[]) => candidates(words, commands);

describe('what may come next', () => {
  test('words that lead to commands, hidden ones not', () => {
    expect(at('').words).toEqual(['app', 'app-template', 'bundle', 'formation-template', 'tenant', 'wait']);
    expect(at('app', '').words).toEqual(['get', 'label']);
    expect(at('app', 'label', '').words).toEqual(['set']);
    expect(at('nothing', '')).toEqual({ words: [] });
  });

  test('flags, where one is begun', () => {
    expect(at('app', 'get', '--').words).toEqual(['--output', '--verbose']);
  });

  test('values of a flag: those that are allowed, or names of objects', () => {
    expect(at('app', 'get', '--output', '').words).toEqual(['json', 'text']);
    expect(at('app', 'get', '-o', 'j').words).toEqual(['json', 'text']);
    expect(at('wait', '--app', '').kind).toBe('application');
  });

  test('an argument stands behind flags and their values', () => {
    expect(at('app', 'get', '').kind).toBe('application');
    expect(at('app', 'get', '--output', 'json', '').kind).toBe('application');
    expect(at('app', 'get', '--verbose', '').kind).toBe('application');
    expect(at('app', 'get', 'shop', '')).toEqual({ words: [] });
    expect(at('wait', '').words).toEqual(['plane', 'runtime']);
  });

  test('what is waited for is of the kind that was named', () => {
    expect(at('wait', 'runtime', '').kind).toBe('runtime');
    expect(at('wait', 'plane', '').kind).toBeUndefined();
  });

  test.each([[['--app', 'shop', '']], [['-a', 'shop', '']], [['--app=shop', '']]])(
    'parts are those of the application that is named: %j',
    (words) => {
      expect(at('bundle', 'get', ...words)).toEqual({ words: [], kind: 'bundle', app: 'shop' });
    },
  );

  test('without one there are none to offer', () => expect(at('bundle', 'get', '').app).toBeUndefined());

  test('tenants: names where they are shown, ids where one acts in them', () => {
    expect(at('tenant', 'get', '').kind).toBe('tenant');
    expect(at('bundle', 'get', '--tenant', '').kind).toBe('tenantId');
  });

  test('templates are those of the topic', () => {
    expect(at('app-template', 'get', '').kind).toBe('applicationTemplate');
    expect(at('formation-template', 'get', '').kind).toBe('formationTemplate');
  });
});
