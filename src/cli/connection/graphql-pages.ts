/** Pages of documents that others wrote: the first list with a `pageInfo` is followed. */
import { isObject } from '../../text/json.ts';
import { Failure } from '../failure/failure.ts';

interface Page {
  data: unknown[];
  readonly pageInfo: { readonly hasNextPage?: unknown; readonly endCursor?: unknown };
}

function pageIn(value: unknown): Page | undefined {
  if (!isObject(value)) return undefined;
  if (Array.isArray(value.data) && isObject(value.pageInfo)) return value as unknown as Page;
  for (const inner of Object.values(value)) {
    const page = pageIn(inner);
    if (page !== undefined) return page;
  }
  return undefined;
}

/** One answer whose first list holds the rows of all pages. @throws Failure usage where the document asks for no page */
export async function everyPage(ask: (variables: { after?: string }) => Promise<unknown>): Promise<unknown> {
  const whole = await ask({});
  const first = pageIn(whole);
  if (first === undefined || first.pageInfo.hasNextPage === undefined)
    throw new Failure('usage', 'The document asks for no list with `pageInfo { hasNextPage endCursor }`.', {
      hint: 'Ask for it, and pass $after to the list.',
    });
  let page: Page | undefined = first;
  while (page?.pageInfo.hasNextPage === true) {
    const before: unknown = page.pageInfo.endCursor;
    page = pageIn(await ask({ after: String(before) }));
    if (page?.pageInfo.endCursor === before)
      throw new Failure('usage', 'Each page is the same.', { hint: 'Declare `$after: PageCursor` and pass it to the list.' });
    first.data.push(...(page?.data ?? []));
  }
  return whole;
}
