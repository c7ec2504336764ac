/** Which systems a process runs, and which of them need each other. */
import { type System, SYSTEMS } from './options.ts';

/** What a system can't do without in the same process. */
const NEEDS: Readonly<Partial<Record<System, readonly System[]>>> = { provisioner: ['gateway', 'director', 'connector'] };

/** @throws Error that names what is missing */
export function systemsOf(only: readonly System[] | undefined): ReadonlySet<System> {
  const systems = new Set<System>(only ?? SYSTEMS);
  for (const system of systems) {
    const missing = NEEDS[system]?.filter((needed) => !systems.has(needed)) ?? [];
    if (missing.length > 0) throw new Error(`${system} needs ${missing.join(', ')} beside it`);
  }
  return systems;
}
