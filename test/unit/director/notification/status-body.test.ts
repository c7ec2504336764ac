import { describe, expect, it } from 'vitest';
import { checkAssignmentReport, checkContentType, readReport } from '../../../../src/director/notification/status-body.ts';

const FIELDS = ['state', 'configuration', 'error'];
const read = (body: string) => readReport(body, FIELDS);

describe('the body of a report', () => {
  it.each([
    [' ', 'Request body must not be empty'],
    ['{"state":"READY"', 'Request body contains badly-formed JSON'],
    ['{"state":"READY"}{}', 'Request body must only contain a single JSON object'],
    ['{"state":"}{"', 'Request body contains badly-formed JSON'],
    ['state=READY', 'Request body contains badly-formed JSON (at position 1)'],
    ['{"state":5}', 'Request body contains an invalid value for the "state" field (at position 10)'],
    ['{"state": 12345}', 'Request body contains an invalid value for the "state" field (at position 15)'],
    ['{"error":"a","state":{"b":1}}', 'Request body contains an invalid value for the "state" field (at position 22)'],
    [' [1]', 'Request body contains an invalid value for the "" field (at position 2)'],
    ['{"state":5,"foo":1}', 'Request body contains an invalid value for the "state" field (at position 10)'],
    ['{"foo":1}', 'Request body contains unknown field "foo"'],
  ])('%s is refused', (body, message) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ status: 400, message }));
  });

  it('takes null for nothing, and an empty configuration for none', () => {
    expect(read('{"state":null,"error":null,"configuration":null}')).toEqual({ state: '', error: '' });
    expect(read('{"state":"READY","configuration":{ }}').configuration).toBeUndefined();
    expect(read('{"state":"READY","configuration":0}').configuration).toBe('0');
  });

  it('names its fields in any case', () => {
    expect(read('{"State":"READY","CONFIGURATION":{"a":1}}')).toEqual({ state: 'READY', error: '', configuration: '{"a":1}' });
  });

  it('is JSON, if it says what it is', () => {
    expect(() => checkContentType('text/plain')).toThrow(expect.objectContaining({ status: 415 }));
    expect(() => checkContentType('Application/JSON; charset=utf-8')).not.toThrow();
    expect(() => checkContentType(undefined)).not.toThrow();
  });

  it('has a state that fits what comes with it', () => {
    const check = (report: { state?: string; error?: string; configuration?: string }, needsState = true) =>
      checkAssignmentReport({ state: '', error: '', ...report }, needsState);
    expect(() => check({ state: 'CREATE_ERROR', error: 'x', configuration: '1' })).toThrow(
      'Request Body contains invalid input: "configuration: must be blank; error: must be blank; state: must be a valid value."',
    );
    expect(() => check({ error: 'x' })).toThrow('"state: cannot be blank."');
    expect(() => check({ error: 'x' }, false)).not.toThrow();
    expect(() => check({ state: 'CONFIG_PENDING', configuration: '1' })).not.toThrow();
  });
});
