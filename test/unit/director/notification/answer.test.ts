import { describe, expect, it } from 'vitest';
import { type Answer, bodyTexts, keptConfiguration, meaningOf } from '../../../../src/director/notification/answer.ts';

const answer = (given: Partial<Answer>): Answer => ({
  status: 200,
  success: 200,
  incomplete: 204,
  state: '',
  error: '',
  configuration: '',
  ...given,
});
const report = (state: string, configuration?: string, error?: string) => ({ kind: 'report', report: { state, configuration, error } });
const invalid = (message: string) => ({ kind: 'invalid', message });

describe('what an answer means', () => {
  it.each([
    ['success', answer({}), 'assign', 'SYNC', report('READY')],
    ['success later', answer({}), 'assign', 'ASYNC_CALLBACK', { kind: 'accepted' }],
    ['an unfinished join', answer({ status: 204, configuration: '{"a":1}' }), 'assign', 'SYNC', report('CONFIG_PENDING', '{"a":1}')],
    ['an unfinished leave', answer({ status: 204 }), 'unassign', 'SYNC', { kind: 'accepted' }],
    ['a state in its long form', answer({ state: 'CREATE_READY' }), 'assign', 'SYNC', report('READY')],
    ['an empty configuration', answer({ configuration: '{}' }), 'unassign', 'SYNC', report('READY')],
    ['a join without a mode', answer({ status: 204 }), 'assign', undefined, report('CONFIG_PENDING')],
    ['a leave without a mode', answer({ configuration: '{"a":1}' }), 'unassign', undefined, report('READY', '{"a":1}')],
    ['an error', answer({ status: 500, error: 'no' }), 'unassign', 'SYNC', report('DELETE_ERROR', undefined, 'no')],
    ['an error later', answer({ status: 500, error: 'no' }), 'assign', 'ASYNC_CALLBACK', report('CREATE_ERROR', undefined, 'no')],
  ] as const)('%s', (_, given, operation, mode, meaning) => {
    expect(meaningOf(given, operation, mode, 'INITIAL')).toEqual(meaning);
  });

  it.each([
    ['an error of the other operation', answer({ state: 'DELETE_ERROR', error: 'x' }), 'INITIAL', invalid('state: must be a valid value.')],
    [
      'success in words with a status that says otherwise',
      answer({ state: 'READY', status: 500, error: 'x' }),
      'INITIAL',
      invalid('state: must be a valid value.'),
    ],
    ['READY where more is to come', answer({ state: 'READY', status: 204 }), 'INITIAL', invalid('state: must be a valid value.')],
    [
      'configuration and error',
      answer({ configuration: '{"a":1}', error: 'x' }),
      'INITIAL',
      invalid(
        'config: Configuration and Error can not be provided at the same time; error: Configuration and Error can not be provided at the same time.',
      ),
    ],
    [
      'a state that cannot follow',
      answer({ state: 'CREATE_ERROR' }),
      'DELETING',
      invalid('Invalid transition from state "DELETING" to state CREATE_ERROR.'),
    ],
  ])('%s cannot be taken', (_, given, present, meaning) => {
    expect(meaningOf(given, 'assign', 'SYNC', present)).toEqual(meaning);
  });
});

describe('configurations', () => {
  it('are kept with shorter keys first, whole numbers among them, and markup escaped', () => {
    expect(keptConfiguration('{ "list": [{"bb":2,"a":1e3}], "10": "<a>&", "9": null }')).toBe(
      '{"9":null,"10":"\\u003ca\\u003e\\u0026","list":[{"a":1000,"bb":2}]}',
    );
    expect(keptConfiguration('plain text')).toBeUndefined();
  });
});

describe('the body of a response', () => {
  it('is text by top-level key, ready to stand between quotes', () => {
    expect(bodyTexts('{"s":"a\\nb","o":{"b":"q","a":[1]},"n":null,"t":true}')).toEqual({
      s: 'a\nb',
      o: '{\\"a\\":[1],\\"b\\":\\"q\\"}',
      t: 'true',
    });
    expect(bodyTexts('')).toEqual({});
    expect(() => bodyTexts('[1]')).toThrow('failed to unmarshall HTTP response with body: [1]');
  });
});
