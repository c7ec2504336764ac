/** What somebody may have meant: names that are a few letters away. */

const LONGEST_LIST = 5;

/** `a`, `a or b`, `a, b, or c`. */
export function anyOf(items: readonly string[]): string {
  const few = items.slice(0, LONGEST_LIST);
  if (few.length < 3) return few.join(' or ');
  return `${few.slice(0, -1).join(', ')}, or ${few.at(-1)}`;
}

/** How many letters have to be put in, taken away or changed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[to.length]!;
}

/** Those near enough, the nearest first. */
export function similar(word: string, names: readonly string[]): readonly string[] {
  const farthest = Math.floor(Buffer.byteLength(word) * 0.4) + 1;
  const lower = word.toLowerCase();
  const away = (name: string) => {
    if (Math.abs(name.length - word.length) > farthest) return Infinity;
    if (name.toLowerCase() === lower) return name === word ? 0 : 1;
    return distance(lower, name.toLowerCase());
  };
  return names
    .map((name) => ({ name, away: away(name) }))
    .filter((candidate) => candidate.away <= farthest)
    .sort((a, b) => a.away - b.away)
    .map(({ name }) => name);
}

const quoted = (name: string) => `"${name}"`;

/** The end of a fault's text: ` Did you mean "name"?`, or nothing. */
export function didYouMean(names: readonly string[], what = ''): string {
  return names.length === 0 ? '' : ` Did you mean ${what}${anyOf(names.map(quoted))}?`;
}
