/** How much is in a registry, in the words of people. */

const COUNTED = [
  ['applications', 'application'],
  ['runtimes', 'runtime'],
  ['formations', 'formation'],
  ['tenants', 'tenant'],
] as const;

/** Such as `3 applications, 1 runtime, 2 formations, 1 tenant`, from counts by collection. */
export const contentsOf = (records: Readonly<Record<string, number>>): string =>
  COUNTED.map(([collection, word]) => {
    const count = records[collection] ?? 0;
    return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
  }).join(', ');
