/** Pages as SQL: the candidates of all terms, in the order of the first. */
import type { Collection, PageQuery, PageResult, Stored, Term } from '../contract.ts';
import { compareBytes } from '../../text/order.ts';
import type { Run } from './session.ts';
import { columnText, keyText, orderText } from './text.ts';
import { listName, type Told, type Totals, totalSQL } from './totals.ts';

/** How many candidates are looked at together where the program has a say. */
const BATCH = 500;

type Open = (doc: Stored) => Stored;

/** Collects the values of a statement. */
class Values {
  readonly all: unknown[] = [];
  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

function keyCondition(term: Term, values: Values): string {
  const keys = [...new Set(term.anyOf.map(keyText))];
  // One key, said plainly, lets the server walk the index in order.
  return keys.length === 1 ? `key = ${values.add(keys[0])}` : `key = ANY (${values.add(keys)}::text[])`;
}

/** Rows (place, id) of the records that all terms find, each once. */
function candidates(from: Collection<Stored>, all: PageQuery<Stored>['all'], values: Values): string {
  const collection = values.add(from.name);
  const [first, ...others] = all;
  const intersected = others.map((term) => {
    const ordered = from.indexes[term.index]?.order !== undefined;
    return `AND EXISTS (SELECT 1 FROM compass.entries t WHERE t.collection = ${collection} AND t.index_name = ${values.add(term.index)}
      AND t.${keyCondition(term, values)} AND t.id = e.id${ordered ? '' : " AND t.place = ''"})`;
  });
  const once = new Set(first.anyOf).size === 1 ? '' : 'DISTINCT';
  return `SELECT ${once} e.place, e.id FROM compass.entries e
    WHERE e.collection = ${collection} AND e.index_name = ${values.add(first.index)} AND e.${keyCondition(first, values)} ${intersected.join(' ')}`;
}

/** @param totals what is known of the lengths of lists; not for views that see what nobody has committed */
export async function pageOf(
  run: Run,
  from: Collection<Stored>,
  query: PageQuery<Stored>,
  open: Open,
  totals?: Totals,
): Promise<PageResult<Stored>> {
  if (query.behind !== undefined && query.behindOrder === undefined && from.indexes[query.all[0].index]?.order)
    throw new Error('behind an id alone is for lists in the order of ids');
  if (query.all.some(({ anyOf }) => anyOf.length === 0)) return { records: [], total: 0 };
  return query.match ? matchingPage(run, from, { ...query, match: query.match }, open) : plainPage(run, from, query, open, totals);
}

async function plainPage(
  run: Run,
  from: Collection<Stored>,
  query: PageQuery<Stored>,
  open: Open,
  totals: Totals | undefined,
): Promise<PageResult<Stored>> {
  const values = new Values();
  const found = candidates(from, query.all, values);
  const counted = `(SELECT count(*)::int FROM (${found}) a)`;
  // A list of a unique index is never long, and commits do not tell of it.
  const kept = query.all.some(({ index }) => from.indexes[index]?.unique) ? undefined : totals;
  const list = JSON.stringify([from.name, query.all]);
  const total = kept
    ? totalSQL(listsOf(from, query.all), counted, kept.find(list), (value) => values.add(value))
    : `(SELECT NULL::text AS seen, ${counted} AS total, true AS counted)`;
  const behind = placeOf(query);
  // As one comparison it is where the server begins in its index.
  const onward = behind ? `AND (e.place, e.id) > (${values.add(behind.place)}, ${values.add(behind.id)})` : '';
  const rows = await run<Told & { doc: Stored | null }>(
    `SELECT c.total, c.seen, c.counted, p.doc FROM ${total} c
     LEFT JOIN LATERAL (
       SELECT r.doc, m.place, m.id FROM (${found} ${onward} ORDER BY place, id LIMIT ${values.add(query.first)} OFFSET ${values.add(behind ? 0 : (query.offset ?? 0))}) m
       JOIN compass.records r ON r.collection = ${values.add(from.name)} AND r.id = m.id
     ) p ON true ORDER BY p.place, p.id`,
    values.all,
    query.all.length > 1 ? 'fresh' : undefined,
  );
  const [first] = rows;
  if (first) kept?.keep(list, first);
  return { records: rows.flatMap(({ doc }) => (doc ? [open(doc)] : [])), total: first?.total ?? 0 };
}

/** Where an entry stands in its list. */
interface Place {
  readonly place: string;
  readonly id: string;
}

const placeOf = ({ behind, behindOrder }: PageQuery<Stored>): Place | undefined =>
  behind === undefined ? undefined : { place: orderText(behindOrder ?? ''), id: columnText(behind) };

const isBehind = (one: Place, other: Place) => (compareBytes(one.place, other.place) || compareBytes(one.id, other.id)) > 0;

/** The lists of all keys. */
const listsOf = (from: Collection<Stored>, all: PageQuery<Stored>['all']) => [
  ...new Set(all.flatMap(({ index, anyOf }) => anyOf.map((key) => listName(from.name, index, keyText(key))))),
];

/** What pages of many lists have in common: lists in one index, asked for by one key each. */
export interface Alike {
  readonly index: string;
  readonly first: number;
  readonly offset: number;
}

/** What the page has in common with those of other lists that can be asked for together with it, and its key; undefined for what must be asked for alone. */
export function alikeOf({ all, match, first, offset = 0, behind }: PageQuery<Stored>): { alike: Alike; key: string } | undefined {
  const [{ index, anyOf }, ...others] = all;
  const [key, ...more] = anyOf;
  if (match || behind !== undefined || others.length > 0 || key === undefined || more.length > 0) return undefined;
  return { alike: { index, first, offset }, key };
}

/** The pages of these lists, in the order of the keys. */
export async function pagesOf(
  run: Run,
  from: Collection<Stored>,
  { index, first, offset }: Alike,
  keys: readonly string[],
  open: Open,
): Promise<PageResult<Stored>[]> {
  const rows = await run<{ nth: string; total: number; doc: Stored | null }>(
    `SELECT k.nth, c.total, p.doc FROM unnest($3::text[]) WITH ORDINALITY k (key, nth)
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS total FROM compass.entries e WHERE e.collection = $1 AND e.index_name = $2 AND e.key = k.key
     ) c
     LEFT JOIN LATERAL (
       SELECT r.doc, m.place, m.id FROM (
         SELECT e.place, e.id FROM compass.entries e
         WHERE e.collection = $1 AND e.index_name = $2 AND e.key = k.key ORDER BY e.place, e.id LIMIT $4 OFFSET $5
       ) m JOIN compass.records r ON r.collection = $1 AND r.id = m.id
     ) p ON true ORDER BY k.nth, p.place, p.id`,
    [from.name, index, keys.map(keyText), first, offset],
  );
  const pages = keys.map(() => ({ records: [] as Stored[], total: 0 }));
  for (const { nth, total, doc } of rows) {
    const page = pages[Number(nth) - 1]!;
    page.total = total;
    if (doc) page.records.push(open(doc));
  }
  return pages;
}

/** Looks at every candidate, some hundred at a time, as the number of all matches is asked for. */
async function matchingPage(
  run: Run,
  from: Collection<Stored>,
  query: PageQuery<Stored> & Required<Pick<PageQuery<Stored>, 'match'>>,
  open: Open,
): Promise<PageResult<Stored>> {
  const { offset = 0 } = query;
  const behind = placeOf(query);
  const isPassed = (one: Place, before: number) => (behind ? !isBehind(one, behind) : before < offset);
  const records: Stored[] = [];
  let total = 0;
  for (let after: Place | undefined; ;) {
    const batch: Candidate[] = await candidatesAfter(run, from, query.all, after);
    for (const candidate of batch) {
      const record = open(candidate.doc);
      if (!query.match(record)) continue;
      if (!isPassed(candidate, total) && records.length < query.first) records.push(record);
      total++;
    }
    after = batch.at(-1);
    if (batch.length < BATCH) return { records, total };
  }
}

interface Candidate extends Place {
  readonly doc: Stored;
}

function candidatesAfter(
  run: Run,
  from: Collection<Stored>,
  all: PageQuery<Stored>['all'],
  after: Place | undefined,
): Promise<Candidate[]> {
  const values = new Values();
  const found = candidates(from, all, values);
  const behind = after ? `WHERE (c.place, c.id) > (${values.add(after.place)}, ${values.add(after.id)})` : '';
  return run<Candidate>(
    `SELECT m.place, m.id, r.doc FROM (SELECT * FROM (${found}) c ${behind} ORDER BY place, id LIMIT ${BATCH}) m
     JOIN compass.records r ON r.collection = ${values.add(from.name)} AND r.id = m.id ORDER BY m.place, m.id`,
    values.all,
    all.length > 1 ? 'fresh' : undefined,
  );
}
