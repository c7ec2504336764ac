/** Spans of time as people write them: `30s`, `5m`, `1h30m`, `500ms`, `2d`; a bare number is seconds. */
import { parseDuration, UNITS } from '../../text/duration.ts';
import { Failure } from '../failure/failure.ts';

const WITH_DAYS = { ...UNITS, d: 86_400_000 };

/** In milliseconds. @throws Failure usage */
export function duration(text: string): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : parseDuration(text, WITH_DAYS);
  if (value === undefined)
    throw new Failure('usage', `${JSON.stringify(text)} is no duration.`, { hint: 'Write it like 30s, 5m or 1h30m.' });
  return value;
}
