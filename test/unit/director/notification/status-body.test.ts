import { describe, expect, it } from 'vitest';
import { checkAssignmentReport, checkContentType, readReport } from '../../../../src/director/notification/reports/status-body.ts';
import { processorTime } from '../../../support/processor-time.ts';

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
    ['{"error":"é","state":x}', 'Request body contains badly-formed JSON (at position 23)'],
    ['5x', 'Request body contains badly-formed JSON (at position 2)'],
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

  it('is read in a moment, however late its fault comes', () => {
    const both = () => {
      expect(() => read(`{"error":"${'x'.repeat(1_000_000)}",}`)).toThrow('(at position 1000013)');
      expect(() => read(`{"error":"${'\\"'.repeat(500_000)}`)).toThrow('badly-formed');
    };
    expect(processorTime(both)).toBeLessThan(2_000);
  });

  it('is no larger than a megabyte', () => {
    const body = (length: number) => JSON.stringify({ state: 'x'.repeat(length) });
    expect(() => read(body(1_048_576))).toThrow(expect.objectContaining({ status: 413 }));
    expect(read(body(1_048_000)).state).toHaveLength(1_048_000);
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
