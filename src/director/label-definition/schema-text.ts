/** The schema that the label definition `scenarios` shows, and what it demands of a name (`reference: facts/applications.md 8`). */
import { sortedJson } from '../texts/json-text.ts';

export const SCENARIO_NAME_PATTERN = '^[A-Za-z0-9]([-_A-Za-z0-9\\s]*[A-Za-z0-9])$';
export const SCENARIO_NAME = new RegExp(SCENARIO_NAME_PATTERN);
/** In characters. */
export const LONGEST_SCENARIO_NAME = 128;

/** JSON text with the names as the values that are possible. */
export const scenariosSchema = (names: readonly string[]): string =>
  sortedJson({
    items: { enum: names, maxLength: LONGEST_SCENARIO_NAME, pattern: SCENARIO_NAME_PATTERN, type: 'string' },
    minItems: 1,
    type: 'array',
    uniqueItems: true,
  });
