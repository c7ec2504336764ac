/** How deep lists and objects of a label, or of a filter for one, may lie inside of each other: each level makes every index entry longer. */
export const DEEPEST = 64;

/** Never looks deeper than that itself. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}
