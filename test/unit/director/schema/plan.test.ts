import fc from 'fast-check';
import { execute, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { DirectorContext } from '../../../../src/director/context.ts';
import { planOf } from '../../../../src/director/schema/plan.ts';
import { shapeOf } from '../../../../src/director/schema/shape.ts';
import { placedSchema, type Query, queryBy, type Temper } from './queries.ts';

const schema = placedSchema();
const runs = fc.gen().map((gen) => queryBy(schema, (below) => gen(fc.nat, below - 1)));
const context = (temper: Temper) => ({ temper }) as never as DirectorContext;

const told = ({ text, variables }: Query, temper: Temper) =>
  execute({ schema, document: parse(text), variableValues: variables, contextValue: context(temper) });

/** The answer of a plan that was made of one text and is asked with another of its shape. */
async function planned(learnt: string, { text, variables }: Query, temper: Temper): Promise<string> {
  const document = parse(learnt);
  const plan = planOf(schema, document, getOperationAST(document)!);
  if (!plan) throw new Error(`no plan for ${learnt}`);
  return plan(context(temper), { variables, strings: shapeOf(text)!.strings, keeps: true });
}

const valid = ({ text }: Query) => validate(schema, parse(text)).length === 0;

describe('plans of queries', () => {
  it('answer what graphql-js answers, to the order of fields', () =>
    fc.assert(
      fc.asyncProperty(runs, async (query) => {
        fc.pre(valid(query));
        const { data, errors } = await told(query, 'good');
        expect(errors).toBeUndefined();
        expect(await planned(query.text, query, 'good')).toBe(JSON.stringify(data));
      }),
      { numRuns: 150 },
    ));

  it.each(['bad', 'bad later'] as const)('leave faults to graphql-js, and are right where there is none (%s)', (temper) =>
    fc.assert(
      fc.asyncProperty(runs, async (query) => {
        fc.pre(valid(query));
        const { data, errors } = await told(query, temper);
        const answer = planned(query.text, query, temper);
        if (errors) await expect(answer).rejects.toThrow();
        else expect(await answer).toBe(JSON.stringify(data));
      }),
      { numRuns: 150 },
    ),
  );

  it('serve documents that differ in their texts alone', () =>
    fc.assert(
      fc.asyncProperty(runs, fc.array(fc.string({ unit: 'binary' }), { minLength: 4, maxLength: 4 }), async (query, texts) => {
        fc.pre(valid(query) && new Set(texts).size === texts.length);
        const other = {
          ...query,
          text: query.text.replaceAll(/"text \\"(\d)\\""/g, (_, digit: string) => JSON.stringify(texts[Number(digit)])),
        };
        expect(shapeOf(other.text)?.key).toBe(shapeOf(query.text)!.key);
        const { data, errors } = await told(other, 'good');
        expect(errors).toBeUndefined();
        expect(await planned(query.text, other, 'good')).toBe(JSON.stringify(data));
      }),
      { numRuns: 80, endOnFailure: true },
    ));

  it('are not made of what they cannot answer', () => {
    for (const text of [
      'mutation { a: deleteBundle(id: "1") { id } b: deleteBundle(id: "1") { id } }',
      '{ __schema { types { name } } }',
      '{ viewer { id @include(if: true) } }',
      'query ($id: ID! = "1") { application(id: $id) { id } }',
    ]) {
      const document = parse(text);
      expect(planOf(schema, document, getOperationAST(document)!), text).toBeUndefined();
    }
  });
});

describe('shapes of documents', () => {
  const key = (text: string) => shapeOf(text)?.key;

  it('tell equal texts from different ones, as merged fields must have the same arguments', () => {
    expect(key('{ a(x: "1") a(x: "1") }')).toBe(key('{ a(x: "2") a(x: "2") }'));
    expect(key('{ a(x: "1") a(x: "1") }')).not.toBe(key('{ a(x: "1") a(x: "2") }'));
  });

  it('are not looked for where blanks inside a text count, or where there is no document', () => {
    expect(key('{ a(x: """1""") }')).toBeUndefined();
    expect(key('{ a(x: "1) }')).toBeUndefined();
  });
});
