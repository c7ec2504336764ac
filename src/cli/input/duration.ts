/** Spans of time as people write them: `30s`, `5m`, `1h30m`, `500ms`; a bare number is seconds. */
import { Failure } from '../failure/failure.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** In milliseconds. @throws Failure usage */
export function duration(text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text))
    throw new Failure('usage', `${JSON.stringify(text)} is no duration.`, { hint: 'Write it like 30s, 5m or 1h30m.' });
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? 0),
    0,
  );
}
