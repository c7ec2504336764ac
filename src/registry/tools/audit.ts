/** Who changed what, as far back as history is kept; also beside a plane that has the registry open. */
import { isDatabase } from '../address.ts';
import type { Commit } from '../contract.ts';
import { readHistory } from '../file/history.ts';
import type { ToolOptions } from './inventory.ts';
import { type Place, withRegistry } from './place.ts';

/** More than any backend keeps. */
const ALL = 1_000_000;

/** All commits that are known, oldest first. Files are read as they are: no lock is taken. @throws RegistryDamaged, RegistryUnavailable */
export async function allCommits(place: Place, options: ToolOptions): Promise<readonly Commit[]> {
  if (!isDatabase(place.at)) return readHistory(place.at, 0, Infinity, Infinity);
  return withRegistry(place, options, async (registry) => registry.history(0, ALL));
}
