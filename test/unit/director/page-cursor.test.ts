/** Cursors of pages: callers give them back as they got them, and sometimes as they did not. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DirectorError } from '../../../src/director/errors.ts';
import { pageBounds, pageOfSorted } from '../../../src/director/page.ts';

const cursor = (text: string) => Buffer.from(text).toString('base64');
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const nearly = fc
  .tuple(
    fc.constantFrom('DpKtJ4j9jDq', ''),
    fc.constantFrom('2', '-2', '+2', '', '2.5', '1e3', ' 2', '٢'),
    fc.constantFrom('', '@', `@${uuid(1)}`, '@x'),
  )
  .map((parts) => cursor(parts.join('')));
const any = fc.oneof(nearly, fc.string({ unit: 'binary' }), fc.string().map(cursor), fc.base64String());

it('whatever text is given as a cursor, it is one or is refused as none', () => {
  fc.assert(
    fc.property(any, (after) => {
      try {
        const { offset } = pageBounds({ first: 5, after });
        return Number.isSafeInteger(offset) && offset >= 0;
      } catch (error) {
        return error instanceof DirectorError && error.kind === 'InvalidData';
      }
    }),
    { numRuns: 2000 },
  );
});

it('an offset is read as it was written, with the mark and without', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.constantFrom('DpKtJ4j9jDq', ''), (offset, mark) => {
      expect(pageBounds({ first: 5, after: cursor(`${mark}${offset}`) })).toEqual({ first: 5, offset });
    }),
  );
});

it('a cursor that was cut, completed or written otherwise is none', () => {
  const other: readonly ((text: string) => string)[] = [
    (text) => text.replace(/=+$/, ''),
    (text) => `${text}=`,
    (text) => `${text} `,
    (text) => ` ${text}`,
    (text) => text.slice(0, -1),
    (text) => `${text}!`,
    (text) => `${text}AA==`,
  ];
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.constantFrom(...other), (offset, change) => {
      const whole = cursor(`DpKtJ4j9jDq${offset}`);
      fc.pre(change(whole) !== whole);
      expect(() => pageBounds({ first: 5, after: change(whole) })).toThrow('cursor is not correct');
    }),
  );
});

it('pages of any size put together are the list, and each cursor is the end of the page before it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 450 }), fc.integer({ min: 1, max: 200 }), async (length, first) => {
      const list = Array.from({ length }, (_, at) => ({ id: uuid(at) }));
      const seen: unknown[] = [];
      for (let after = ''; ;) {
        const { data, totalCount, pageInfo } = await pageOfSorted(list, { first, after }, 200);
        seen.push(...data);
        expect([totalCount, pageInfo.startCursor]).toEqual([length, after]);
        expect(pageInfo.hasNextPage).toBe(seen.length < length);
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor;
        expect(pageBounds({ first, after }).offset).toBe(seen.length);
      }
      expect(seen).toEqual(list);
    }),
    { numRuns: 60 },
  );
});
