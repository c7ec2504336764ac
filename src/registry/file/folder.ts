/** Which files a registry's folder has. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export const foldedFile = (folder: string) => join(folder, 'registry.json');
export const keyFile = (folder: string) => join(folder, 'registry.key');
/** What was done lately; `history.1.jsonl` is the part before. */
export const historyFile = (folder: string) => join(folder, 'history.jsonl');
export const olderHistoryFile = (folder: string) => join(folder, 'history.1.jsonl');

/** Named by the first write in it. */
export const journalFile = (folder: string, first: number) => join(folder, `journal-${String(first).padStart(12, '0')}.jsonl`);

export interface JournalName {
  readonly file: string;
  readonly first: number;
}

/** Oldest first. */
export async function journalsOf(folder: string): Promise<JournalName[]> {
  const names = await readdir(folder);
  return names
    .flatMap((name) => {
      const digits = /^journal-(\d{12,})\.jsonl$/.exec(name)?.[1];
      return digits ? [{ file: join(folder, name), first: Number(digits) }] : [];
    })
    .sort((a, b) => a.first - b.first);
}
