/** Spans of time as people write them: `300ms`, `2s`, `5m`, `1h30m`. */

/** Milliseconds of each unit. */
export const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds of an amount and its unit, one or several of them; undefined for anything else. `units`: those that may be used. */
export function parseDuration(text: string, units: Readonly<Record<string, number>> = UNITS): number | undefined {
  const part = String.raw`(\d+(?:\.\d+)?)(${Object.keys(units).join('|')})`;
  if (!new RegExp(`^(?:${part})+$`).test(text)) return undefined;
  return [...text.matchAll(new RegExp(part, 'g'))].reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit!]!, 0);
}
