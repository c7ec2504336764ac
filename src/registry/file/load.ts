/** Brings the state back from the files at start: the folded state, then the journal. Changes nothing. */
import type { Low } from 'lowdb';
import type { Stored } from '../contract.ts';
import { compareBytes } from '../../text/order.ts';
import type { MemoryRegistry } from '../memory/registry.ts';
import { RegistryDamaged } from './errors.ts';
import type { Folded, FoldedFile } from './folded.ts';
import { journalsOf } from './folder.ts';
import { commitOf } from './history.ts';
import { readLines, type Torn } from './lines.ts';
import type { Opener } from './seal.ts';

/** Where the journal goes on. */
export interface Loaded {
  /** The last write that was found. */
  readonly sequence: number;
  /** Journals that are folded already: a crash kept them from being put away. */
  readonly folded: readonly string[];
  /** Journals with writes that are not folded, oldest first. */
  readonly live: readonly string[];
  /** The journal to go on with, if there is one, and how long its whole lines are. */
  readonly open?: { readonly file: string; readonly bytes: number; readonly unended: boolean };
  readonly torn?: Torn;
  /** The end of the journal, if that is before the folded state's. */
  readonly behind?: number;
}

/** @throws RegistryDamaged */
export async function load(folder: string, low: Low<Folded>, file: FoldedFile, into: MemoryRegistry, opener: Opener): Promise<Loaded> {
  const { sequence, collections } = low.data;
  for (const [name, records] of Object.entries(collections)) {
    for (const record of sortedById([...records])) take(into, opener, file.path, name, record.id, record);
  }
  // The records are in the tables now; the document would hold them a second time.
  low.data = { ...low.data, collections: {} };
  const loaded = await replay(folder, sequence, into, opener);
  if (file.edited.length > 0 && loaded.behind)
    throw new RegistryDamaged({ file: file.path }, `its number is ${sequence}, but the journal beside it ends with ${loaded.behind}`);
  return loaded;
}

/** A record that its indexes cannot read was changed by somebody. */
function take(into: MemoryRegistry, opener: Opener, file: string, collection: string, id: string, record: Stored | null): void {
  const plain = record ? opener.open(file, collection, record) : undefined;
  try {
    into.load(collection, id, plain);
  } catch (error) {
    throw new RegistryDamaged({ file }, `${collection}, record ${id}, is not as its kind should be: ${(error as Error).message}`);
  }
}

/** Lists grow at their end then. */
const sortedById = <T extends { id: string }>(records: T[]): T[] => records.sort((a, b) => compareBytes(a.id, b.id));

async function replay(folder: string, foldedTo: number, into: MemoryRegistry, opener: Opener): Promise<Loaded> {
  const journals = await journalsOf(folder);
  const folded: string[] = [];
  const live: string[] = [];
  let sequence = foldedTo;
  let open: Loaded['open'];
  let torn: Torn | undefined;
  let behind: number | undefined;
  for (const [index, { file, first }] of journals.entries()) {
    const next = journals[index + 1];
    if (next && next.first <= foldedTo + 1) {
      folded.push(file);
      continue;
    }
    if (first > sequence + 1)
      throw new RegistryDamaged(
        { file },
        `it begins with write ${first}, but what is before ends with ${sequence}: a file is missing, or registry.json is an older one`,
      );
    const end = await readLines(file, { mayBeTorn: next === undefined, after: foldedTo }, (line) => {
      if (line.sequence !== sequence + 1) throw new RegistryDamaged({ file }, `write ${line.sequence} follows on ${sequence}`);
      for (const { collection, id, record } of line.changes) take(into, opener, file, collection, id, record);
      into.recall(commitOf(line));
      sequence = line.sequence;
    });
    if (next === undefined) {
      torn = end.torn;
      if (end.sequence > 0 && end.sequence < foldedTo) behind = end.sequence;
      const bytes = end.torn?.start ?? end.bytes;
      if (bytes === 0 || end.sequence > foldedTo) open = { file, bytes, unended: end.unended ?? false };
    }
    (end.sequence > 0 && end.sequence <= foldedTo ? folded : live).push(file);
  }
  return { sequence, folded, live, ...(open && { open }), ...(torn && { torn }), ...(behind && { behind }) };
}
