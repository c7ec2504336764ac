/** The index entries of records: made by the program, kept by the database. */
import type { Collection, Stored } from '../contract.ts';
import type { Run } from './session.ts';
import { scanRows } from './view.ts';
import { columnText, keyText, orderText } from './text.ts';

export interface Entry {
  readonly index: string;
  /** As the collection gives it. */
  readonly rawKey: string;
  readonly key: string;
  readonly place: string;
  readonly unique: boolean;
}

/** Every entry once, for the indexes of these names or all. */
export function entriesOf(from: Collection<Stored>, record: Stored, names: readonly string[] = Object.keys(from.indexes)): Entry[] {
  return names.flatMap((name) => {
    const index = from.indexes[name]!;
    const unique = index.unique === true;
    // A list of a unique key has one record: no order is needed, and the entry stays the same when the record changes.
    const place = unique || !index.order ? '' : orderText(index.order(record));
    return [...new Set(index.keys(record))].map((rawKey) => ({ index: name, rawKey, key: keyText(rawKey), place, unique }));
  });
}

/** The entries as the columns that `unnest` takes. */
export const columnsOf = (entries: readonly Entry[]): [string[], string[], string[], boolean[]] => [
  entries.map(({ index }) => index),
  entries.map(({ key }) => key),
  entries.map(({ place }) => place),
  entries.map(({ unique }) => unique),
];

const BATCH = 500;

/** Makes all entries of these indexes anew, from the records, while writers wait. */
export async function rebuildEntries(
  run: Run,
  from: Collection<Stored>,
  names: readonly string[],
  open: (collection: string, doc: Stored) => Stored,
): Promise<void> {
  await run('LOCK TABLE compass.entries, compass.records IN SHARE ROW EXCLUSIVE MODE');
  await run('DELETE FROM compass.entries WHERE collection = $1 AND index_name = ANY ($2)', [from.name, names]);
  for (let after: string | undefined; ;) {
    const rows = await scanRows(run, from.name, after, BATCH);
    const owned = rows.flatMap(({ doc }) => {
      const record = open(from.name, doc);
      return entriesOf(from, record, names).map((entry) => ({ entry, id: columnText(record.id) }));
    });
    await run(
      `INSERT INTO compass.entries (collection, index_name, key, place, is_unique, id)
       SELECT $1, * FROM unnest ($2::text[], $3::text[], $4::text[], $5::boolean[], $6::text[])`,
      [from.name, ...columnsOf(owned.map(({ entry }) => entry)), owned.map(({ id }) => id)],
    );
    if (rows.length < BATCH) return;
    after = rows.at(-1)!.doc.id;
  }
}
