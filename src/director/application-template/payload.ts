/** Values for placeholders out of a JSON payload, by the placeholders' paths (`reference: facts/applications.md 6`). */
import { invalidData } from '../errors.ts';
import type { Placeholder } from './records.ts';

/** One step of a path: `.name`, `['name']`, `["name"]` or `[0]`. */
const STEP = /\.([^.[\]]+)|\[(?:'([^']*)'|"([^"]*)"|(\d+))\]/y;

/** The steps of `$.a[0]['b']`, whose first sign may be missing; undefined for what is no such path. */
function stepsOf(path: string): (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  STEP.lastIndex = /^[$@]*/.exec(path)![0].length;
  while (STEP.lastIndex < path.length) {
    const found = STEP.exec(path);
    if (!found) return undefined;
    steps.push(found[4] === undefined ? (found[1] ?? found[2] ?? found[3] ?? '') : Number(found[4]));
  }
  return steps;
}

function at(payload: unknown, path: string): unknown {
  let value = payload;
  for (const step of stepsOf(path) ?? [{} as string]) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step) || (typeof step === 'number') !== Array.isArray(value))
      return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

export function parsePayload(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidData('placeholdersPayload is not valid JSON');
  }
}

/** What the payload says for a placeholder, as text. @throws InvalidData where the path is missing, leads nowhere, or leads to no text, number or truth value */
export function payloadValue(payload: unknown, { name, jsonPath }: Placeholder): string {
  if (!jsonPath) throw invalidData(`placeholder "${name}" has no jsonPath`);
  const value = at(payload, jsonPath);
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Math.abs(value) >= 1e21 ? BigInt(value).toString() : String(value);
  throw invalidData(
    value === undefined
      ? `the payload has nothing at ${jsonPath} for placeholder "${name}"`
      : `the payload has no plain value at ${jsonPath} for placeholder "${name}"`,
  );
}
