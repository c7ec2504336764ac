/** What the journal said, kept in two files of bounded size when it is folded. */
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Commit } from '../contract.ts';
import { isMissing, PRIVATE_FILE, syncFolder } from './durable.ts';
import { RegistryDamaged, type Report } from './errors.ts';
import { historyFile, journalsOf, olderHistoryFile } from './folder.ts';
import { writeAll } from './journal.ts';
import { type Line, readLines } from './lines.ts';

/** Both files together, roughly. */
const HISTORY_BYTES = 16 << 20;
const CHUNK_BYTES = 1 << 20;

export const commitOf = ({ sequence, time, about, changes }: Line): Commit => ({
  sequence,
  time,
  about,
  changes: changes.map(({ collection, id, record }) => ({ collection, id, kind: record ? 'put' : 'delete' })),
});

const historyFiles = async (folder: string) => [
  olderHistoryFile(folder),
  historyFile(folder),
  ...(await journalsOf(folder)).map(({ file }) => file),
];

/** Commits after `after` up to `until` from the files, oldest first. @throws RegistryDamaged */
export async function readHistory(folder: string, after: number, until: number, limit: number): Promise<Commit[]> {
  const commits: Commit[] = [];
  let last = after;
  for (const file of await historyFiles(folder)) {
    if (commits.length >= limit) break;
    await readLines(file, { mayBeTorn: true, leaps: true, after }, (line) => {
      if (line.sequence <= last || line.sequence > until || commits.length >= limit) return;
      last = line.sequence;
      commits.push(commitOf(line));
    }).catch(unlessMissing);
  }
  return commits;
}

/** @throws RegistryDamaged for the first line that is not as it was written */
export async function checkHistory(folder: string): Promise<void> {
  for (const file of await historyFiles(folder))
    await readLines(file, { mayBeTorn: true, leaps: true, after: Infinity }, () => undefined).catch(unlessMissing);
}

/** Number of the last commit in the history files, 0 if there is none. Damage there keeps nobody from starting: the state is elsewhere. */
export async function lastInHistory(folder: string, report?: Report): Promise<number> {
  for (const file of [historyFile(folder), olderHistoryFile(folder)]) {
    try {
      const { sequence } = await readLines(file, { mayBeTorn: true, leaps: true, after: Infinity }, () => undefined);
      if (sequence > 0) return sequence;
    } catch (error) {
      if (error instanceof RegistryDamaged) report?.({ kind: 'history-damaged', message: error.message });
      else unlessMissing(error);
    }
  }
  return 0;
}

/** Moves a folded journal's lines into the history. Done twice after a crash, the lines are there twice, which readers see through. */
export async function archive(folder: string, journal: string, bound: number = HISTORY_BYTES): Promise<void> {
  const recent = historyFile(folder);
  const share = bound / 2;
  const size = (await stat(recent).catch(unlessMissing))?.size ?? 0;
  const added = (await stat(journal)).size;
  if (size > 0 && size + added > share) await rename(recent, olderHistoryFile(folder));
  // Of a journal that is too long the end is kept, and nothing from before the gap.
  if (added > share) await rm(olderHistoryFile(folder), { force: true });
  const to = await open(recent, 'a+', PRIVATE_FILE);
  try {
    await cutTornEnd(to);
    const from = await open(journal, 'r');
    try {
      await copyLines(from, to, Math.max(0, added - share));
    } finally {
      await from.close();
    }
    await to.datasync();
  } finally {
    await to.close();
  }
  await rm(journal);
  await syncFolder(dirname(journal));
}

/** Copies what follows the first line that ends at or behind the position; all, if that is 0. */
async function copyLines(from: FileHandle, to: FileHandle, start: number): Promise<void> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let begun = start === 0;
  for (let position = Math.max(0, start - 1); ;) {
    const { bytesRead } = await from.read(chunk, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    const read = chunk.subarray(0, bytesRead);
    const lineEnd = begun ? -1 : read.indexOf(0x0a);
    if (!begun && lineEnd < 0) continue;
    begun = true;
    await writeAll(to, read.subarray(lineEnd + 1));
  }
}

/** A crash while archiving may have left half a line. */
async function cutTornEnd(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  const from = Math.max(0, size - CHUNK_BYTES);
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, from);
  const end = from + buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
  if (end < size) await handle.truncate(end);
}

function unlessMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
