/** What a landscape of systems is made of, and the state in which it must end: worked out from a seed, without the plane. */

/** How a system takes what it is told. */
export const BEHAVIOURS = [
  'good',
  'slow',
  /** Gives configuration with its answer, so that the other side is told again. */
  'generous',
  /** Fails a few times, then is good. */
  'moody',
  /** Says no, always. */
  'broken',
  /** Answers with something that is no JSON. */
  'garbled',
  /** Cuts the connection. */
  'dying',
  /** Answers with more than anybody wants to read. */
  'talkative',
  /** Accepts, and reports later. */
  'patient',
  /** Accepts and reports, and lies on the way: wrong states, for a stranger, twice. */
  'lying',
  /** Accepts, and is never heard of again. */
  'silent',
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

export const isAsynchronous = (behaviour: Behaviour): boolean => behaviour === 'patient' || behaviour === 'lying' || behaviour === 'silent';

export interface System {
  readonly name: string;
  readonly behaviour: Behaviour;
  /** For moody ones: how many calls fail. */
  readonly failures: number;
}

export interface Plan {
  readonly formations: readonly { readonly name: string; readonly systems: readonly System[]; readonly leaving: readonly System[] }[];
  /** After how many calls the plane is killed, each counted from the last one. */
  readonly kills: readonly number[];
}

export interface Size {
  readonly systems: number;
  readonly formations: number;
  readonly kills: number;
}

/** Numbers from 0 to 1 that the seed decides. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function planFrom(seed: number, { systems, formations, kills }: Size): Plan {
  const random = randomFrom(seed);
  const below = (count: number) => Math.floor(random() * count);
  // Most are good: else nothing but errors would be seen.
  const behaviour = (): Behaviour => (random() < 0.4 ? 'good' : BEHAVIOURS[below(BEHAVIOURS.length)]!);
  const all = Array.from({ length: systems }, (_, index): System => ({
    name: `system-${index}`,
    behaviour: behaviour(),
    failures: 1 + below(2),
  }));
  const each = Math.ceil(systems / formations);
  const calls = formations * each * (each - 1);
  return {
    formations: Array.from({ length: formations }, (_, index) => {
      const members = all.slice(index * each, (index + 1) * each);
      return { name: `formation-${index}`, systems: members, leaving: members.filter(() => random() < 0.2) };
    }),
    kills: Array.from({ length: kills }, () => 1 + below(Math.max(1, Math.floor(calls / (kills + 1))))),
  };
}

/** `READY`, an error with its kind, or undefined where the assignment is gone. */
function joined({ behaviour }: System): string {
  if (behaviour === 'silent') return 'INITIAL';
  if (behaviour === 'broken') return 'CREATE_ERROR 2';
  if (behaviour === 'garbled' || behaviour === 'dying' || behaviour === 'talkative') return 'CREATE_ERROR 1';
  return 'READY';
}

function left({ behaviour }: System): string | undefined {
  if (behaviour === 'silent') return 'DELETING';
  if (behaviour === 'broken') return 'DELETE_ERROR 2';
  if (behaviour === 'garbled' || behaviour === 'dying' || behaviour === 'talkative') return 'DELETE_ERROR 1';
  return undefined;
}

/** `source->target` and its state, for every assignment that is there at the end. */
export function expectedAssignments({ systems, leaving }: Plan['formations'][number]): Map<string, string> {
  const expected = new Map<string, string>();
  const leaves = new Set(leaving);
  for (const source of systems)
    for (const target of systems) {
      const isGoing = leaves.has(source) || leaves.has(target);
      const state = source === target ? (isGoing ? undefined : 'READY') : isGoing ? left(target) : joined(target);
      if (state !== undefined) expected.set(`${source.name}->${target.name}`, state);
    }
  return expected;
}

/** Who still carries the formation's name: whoever is in any of its assignments. */
export function expectedMembers(formation: Plan['formations'][number]): Set<string> {
  return new Set([...expectedAssignments(formation).keys()].flatMap((pair) => pair.split('->')));
}
