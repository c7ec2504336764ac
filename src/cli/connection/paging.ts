/** Pages of the wire, followed to their end. */

/** What the Director gives at most at once. */
const LARGEST_PAGE = 200;

export interface PageOf<Row> {
  readonly data: readonly Row[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

/** All rows, or the first `limit`. `page` asks for at most `first` rows behind a cursor. */
export async function everyRow<Row>(
  page: (bounds: { first: number; after: string | undefined }) => Promise<PageOf<Row> | null | undefined>,
  limit = Infinity,
): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const answer = await page({ first: Math.min(LARGEST_PAGE, limit - rows.length), after });
    if (answer === null || answer === undefined) break;
    rows.push(...answer.data);
    after = answer.pageInfo.hasNextPage ? answer.pageInfo.endCursor : undefined;
  } while (after !== undefined && rows.length < limit);
  return rows;
}
