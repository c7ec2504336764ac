import type { Awaitable, Collection, Stored } from '../../registry/contract.ts';
import type { Call, WriteCall } from '../call.ts';
import { EMPTY_PAGE, type Page, type PageArguments, pageBounds, pageById } from '../page.ts';

/** A page of what an index has under one key. @throws InvalidData for a size or cursor that is not allowed */
export function listed<R extends Stored, I extends string>(
  call: Call,
  from: Collection<R, I>,
  index: NoInfer<I>,
  key: string,
  args: PageArguments,
): Awaitable<Page<R>> {
  return pageById(args, 200, (part) => call.tx.page(from, { all: [{ index, anyOf: [key] }], ...part }));
}

/** The page of a list that the caller may not see. @throws InvalidData as any other page */
export function nothingListed(args: PageArguments): Page<never> {
  pageBounds(args);
  return { ...EMPTY_PAGE, pageInfo: { ...EMPTY_PAGE.pageInfo, startCursor: args.after ?? '' } };
}

/** Deletes everything that an index has under one key. */
export async function removeAll<R extends Stored, I extends string>(
  call: WriteCall,
  from: Collection<R, I>,
  index: NoInfer<I>,
  key: string,
): Promise<void> {
  for (const { id } of await call.tx.find(from, index, key)) await call.tx.delete(from, id);
}
