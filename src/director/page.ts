/** Pages of the wire: sizes, cursors and page info (`reference: facts/security.md 1.5`). */
import type { PageResult, Stored } from '../registry/contract.ts';
import { invalidData } from './errors.ts';

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
const encodeCursor = (offset: number) => Buffer.from(`${CURSOR_MARK}${offset}`).toString('base64');

function decodeCursor(cursor: string): number {
  if (cursor === '') return 0;
  const text = Buffer.from(cursor, 'base64').toString('latin1');
  const digits = text.startsWith(CURSOR_MARK) ? text.slice(CURSOR_MARK.length) : text;
  if (Buffer.from(text, 'latin1').toString('base64') !== cursor || !/^[+-]?\d{1,15}$/.test(digits) || Number(digits) < 0)
    throw invalidData('cursor is not correct');
  return Number(digits);
}

/** Where a page begins and how many it holds. @throws InvalidData for sizes and cursors that are not allowed; `max` null: any size from 1 */
export function pageBounds(args: PageArguments, max: number | null = 200): { first: number; offset: number } {
  if (args.first === null || args.first === undefined) throw invalidData("missing required parameter 'first'");
  if (max === null ? args.first < 1 : args.first < 1 || args.first > max)
    throw invalidData(max === null ? 'page size cannot be smaller than 1' : `page size must be between 1 and ${max}`);
  return { first: args.first, offset: decodeCursor(args.after ?? '') };
}

/** The page that a result of the Registry makes. */
export function pageOf<R extends Stored>(result: PageResult<R>, args: PageArguments, bounds: { first: number; offset: number }): Page<R> {
  const next = bounds.offset + bounds.first;
  const hasNextPage = next < result.total;
  return {
    data: result.records,
    totalCount: result.total,
    pageInfo: { startCursor: args.after ?? '', endCursor: hasNextPage ? encodeCursor(next) : '', hasNextPage },
  };
}

/** A page of a list that is held whole. */
export function pageOfList<T extends Stored>(list: readonly T[], args: PageArguments, max: number | null = 200): Page<T> {
  const bounds = pageBounds(args, max);
  return pageOf({ records: list.slice(bounds.offset, bounds.offset + bounds.first), total: list.length }, args, bounds);
}

export const EMPTY_PAGE: Page<never> = { data: [], totalCount: 0, pageInfo: { startCursor: '', endCursor: '', hasNextPage: false } };
