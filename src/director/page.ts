/** Pages of the wire: sizes, cursors and page info (`reference: facts/security.md 1.5`). */
import { andThen, type Awaitable, type PageQuery, type PageResult, type Stored } from '../registry/contract.ts';
import { invalidData } from './errors.ts';
import { isUUID } from '../text/uuid.ts';

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface Page<T> {
  readonly data: readonly T[];
  readonly totalCount: number;
  readonly pageInfo: { readonly startCursor: string; readonly endCursor: string; readonly hasNextPage: boolean };
}

const CURSOR_MARK = 'DpKtJ4j9jDq';

/** Where a page begins: behind so many elements, or behind that one, which counts where it is given. */
interface Place {
  readonly offset: number;
  readonly behind?: string | undefined;
  /** What that one was ordered by, in lists that are not in the order of ids. */
  readonly behindOrder?: string | undefined;
}

function encodeCursor({ offset, behind, behindOrder }: Place): string {
  const order = behindOrder === undefined ? [] : [Buffer.from(behindOrder).toString('base64url')];
  const element = behind === undefined ? [] : [behind, ...order];
  return Buffer.from([`${CURSOR_MARK}${offset}`, ...element].join('@')).toString('base64');
}

function decodeCursor(cursor: string): Place {
  if (cursor === '') return { offset: 0 };
  const text = Buffer.from(cursor, 'base64').toString('latin1');
  const [digits = '', behind, order, ...more] = (text.startsWith(CURSOR_MARK) ? text.slice(CURSOR_MARK.length) : text).split('@');
  const isWhole = Buffer.from(text, 'latin1').toString('base64') === cursor && more.length === 0;
  if (!isWhole || !/^[+-]?\d{1,15}$/.test(digits) || Number(digits) < 0 || (behind !== undefined && !isUUID(behind)))
    throw invalidData('cursor is not correct');
  return { offset: Number(digits), behind, behindOrder: order === undefined ? undefined : Buffer.from(order, 'base64url').toString() };
}

/** Elements that one page can hold: a list with more is read page by page, while others may change it. */
export const LARGEST_PAGE = 200;

/** Where a page begins and how many it holds. @throws InvalidData for sizes and cursors that are not allowed; `max` null: any size from 1 */
export function pageBounds(args: PageArguments, max: number | null = LARGEST_PAGE): { first: number; offset: number } {
  const { first, offset } = partAsked(args, max);
  return { first, offset };
}

/** @throws InvalidData where null was given in place of a size */
export function requirePageSize({ first }: PageArguments): number {
  if (first === null || first === undefined) throw invalidData("missing required parameter 'first'");
  return first;
}

/** @throws InvalidData for sizes that are not allowed; `max` null: any size from 1 */
export function pageSize(args: PageArguments, max: number | null = LARGEST_PAGE): number {
  const first = requirePageSize(args);
  if (first < 1 || (max !== null && first > max))
    throw invalidData(max === null ? 'page size cannot be smaller than 1' : `page size must be between 1 and ${max}`);
  return first;
}

const START: Place = { offset: 0 };

function partAsked(args: PageArguments, max: number | null): Place & { readonly first: number } {
  const first = pageSize(args, max);
  const { offset, behind, behindOrder } = args.after ? decodeCursor(args.after) : START;
  return { first, offset, behind, behindOrder };
}

/** The page of a list in the order of ids that is held whole. */
export const pageOfSorted = <R extends Stored>(list: readonly R[], args: PageArguments, max: number | null): Awaitable<Page<R>> =>
  pageById(args, max, ({ first, offset = 0, behind }) => {
    const at = behind === undefined ? offset : list.findIndex(({ id }) => id > behind);
    return { records: at < 0 ? [] : list.slice(at, at + first), total: list.length };
  });

/** The page that a result of the Registry makes. */
export function pageOf<R extends Stored>(result: PageResult<R>, args: PageArguments, bounds: { first: number; offset: number }): Page<R> {
  const next = bounds.offset + bounds.first;
  const hasNextPage = next < result.total;
  return {
    data: result.records,
    totalCount: result.total,
    pageInfo: { startCursor: args.after ?? '', endCursor: hasNextPage ? encodeCursor({ offset: next }) : '', hasNextPage },
  };
}

/** Which part of a list the Registry is asked for. */
export type Part = Pick<PageQuery<Stored>, 'first' | 'offset' | 'behind' | 'behindOrder'>;

/**
 * The page of a list in the order of its elements' ids. A long one goes on behind the element that was shown last, whatever came and went before it:
 * whoever follows the cursors sees everything once that was there all the time. Cursors of short lists are those of the wire, offsets alone.
 * @throws InvalidData for sizes and cursors that are not allowed, before anything is read
 */
export const pageById = <R extends Stored>(args: PageArguments, max: number | null, read: (part: Part) => Awaitable<PageResult<R>>) =>
  onward(args, max, undefined, read);

/** The same for a list that its index orders by that. */
export const pageInOrder = <R extends Stored>(
  args: PageArguments,
  max: number | null,
  orderOf: (record: R) => string,
  read: (part: Part) => Awaitable<PageResult<R>>,
) => onward(args, max, orderOf, read);

function onward<R extends Stored>(
  args: PageArguments,
  max: number | null,
  orderOf: ((record: R) => string) | undefined,
  read: (part: Part) => Awaitable<PageResult<R>>,
): Awaitable<Page<R>> {
  const { first, offset, behind, behindOrder } = partAsked(args, max);
  // the cursor of another list
  if (behind !== undefined && (behindOrder === undefined) !== (orderOf === undefined)) throw invalidData('cursor is not correct');
  const from = behind === undefined ? { offset } : { behind, ...(behindOrder !== undefined && { behindOrder }) };
  // one more than asked for tells whether there is another page
  return andThen(read({ first: first + 1, ...from }), ({ records, total }) => {
    const hasNextPage = records.length > first;
    const data = hasNextPage ? records.slice(0, first) : records;
    const last = behind !== undefined || total > LARGEST_PAGE ? data.at(-1) : undefined;
    const next = { offset: offset + first, behind: last?.id, behindOrder: last && orderOf?.(last) };
    return {
      data,
      totalCount: total,
      pageInfo: { startCursor: args.after ?? '', endCursor: hasNextPage ? encodeCursor(next) : '', hasNextPage },
    };
  });
}

/** A page of a list that is held whole. */
export function pageOfList<T extends Stored>(list: readonly T[], args: PageArguments, max: number | null = LARGEST_PAGE): Page<T> {
  const bounds = pageBounds(args, max);
  return pageOf({ records: list.slice(bounds.offset, bounds.offset + bounds.first), total: list.length }, args, bounds);
}

/** A page of a list that has nothing in it, whatever cursor was given. */
export const emptyPageAt = ({ after }: PageArguments): Page<never> => ({
  ...EMPTY_PAGE,
  pageInfo: { ...EMPTY_PAGE.pageInfo, startCursor: after ?? '' },
});

export const EMPTY_PAGE: Page<never> = { data: [], totalCount: 0, pageInfo: { startCursor: '', endCursor: '', hasNextPage: false } };
