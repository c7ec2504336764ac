import { describe, expect, it } from 'vitest';
import { checkParameters } from '../../../../src/director/bundle-instance-auth/parameters.ts';
import { processorTime } from '../../../support/processor-time.ts';

const check = (schema: unknown, parameters: string | undefined) => () =>
  checkParameters({ id: 'b', instanceAuthRequestInputSchema: JSON.stringify(schema) }, parameters);

describe('parameters against the schema of a bundle', () => {
  it.each([
    [{ type: 'object', required: ['a'] }, '{"a":1,"more":2}'],
    [true, '7'],
    [{}, '{}'],
    [{ $schema: 'http://example.com/unknown', type: 'object' }, '{}'],
    [{ $schema: 'http://json-schema.org/draft-04/schema#', id: 'http://x/y', minimum: 1, exclusiveMinimum: true }, '2'],
    [{ multipleOf: 0.01 }, '1.13'],
    [{ nullable: true }, '1'],
    [{ enum: [], type: [] }, '1'],
    [{ properties: { id: { type: 'string' }, enum: { minimum: 1, exclusiveMinimum: true } } }, '{"id":"x","enum":2}'],
    [{ enum: [{ id: 'x', minimum: 1, exclusiveMinimum: true }] }, '{"id":"x","minimum":1,"exclusiveMinimum":true}'],
    [{ pattern: String.raw`^[\w-\.]+$` }, '"a-b.c"'],
  ])('%j takes %s', (schema, parameters) => {
    expect(check(schema, parameters)).not.toThrow();
  });

  it.each([
    [{ type: 'object', required: ['a'] }, '{}'],
    [false, '{}'],
    [{ type: 'banana' }, '{}'],
    ['a text', '{}'],
    [[1], '{}'],
    [{ minimum: 1, exclusiveMinimum: true }, '1'],
    [{ multipleOf: 0.01 }, '1.131'],
    [{ type: 'string', nullable: true }, '{"a":null}'],
    [{ properties: { enum: { minimum: 1, exclusiveMinimum: true } } }, '{"enum":1}'],
    [{ properties: { nullable: { type: 'string' } } }, '{"nullable":1}'],
    [{ minLength: 3, maxLength: 2 }, '1'],
    [{ $ref: 'http://example.com/elsewhere' }, '{}'],
    [{ format: 'date' }, '"2025-02-30"'],
  ])('%j refuses %s', (schema, parameters) => {
    expect(check(schema, parameters)).toThrow('against JSON Schema');
  });

  it('wants parameters where there is a schema, and judges the text null as any other', () => {
    expect(check({}, undefined)).toThrow('no input parameters were provided');
    expect(check({}, 'null')).not.toThrow();
    expect(check({ type: 'object' }, 'null')).toThrow('against JSON Schema');
  });

  it('gives up on a pattern that would keep the plane busy', () => {
    const given = JSON.stringify(Array(20).fill(`${'a'.repeat(40)}b`));
    const refused = () => expect(check({ items: { pattern: '^(a+)+$' } }, given)).toThrow('can not be used');
    expect(processorTime(refused)).toBeLessThan(5000);
  });
});
