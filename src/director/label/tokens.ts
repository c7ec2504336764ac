/**
 * How labels are indexed: a token for the key, and one for each scalar that the value holds, with the way to it.
 * A filter by containment asks for the tokens of its query; what tokens cannot tell exactly is judged by `contains`.
 */
const scalar = (value: unknown) => (typeof value === 'string' ? `s${value}` : JSON.stringify(value));

function* walk(way: string, value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* walk(`${way}[]`, item);
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) yield* walk(`${way}.${JSON.stringify(key)}`, inner);
    for (const key of Object.keys(value)) yield `${way}.${JSON.stringify(key)}`;
  } else yield `${way}=${scalar(value)}`;
}

/** Token of a label that is there, whatever its value. */
export const keyToken = (key: string) => JSON.stringify(key);

/** Tokens of a value under a key; a scalar's and those of a list's elements differ by `[]`. */
export const valueTokens = (key: string, value: unknown): string[] => [...new Set(walk(keyToken(key), value))];

export const labelTokens = (labels: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(labels).flatMap(([key, value]) => [keyToken(key), ...valueTokens(key, value)]);
