/** In which form a command answers. */
import type { Host } from '../frame/host.ts';

export const FORMATS = ['text', 'json', 'yaml', 'ndjson', 'name'] as const;
export type Format = (typeof FORMATS)[number];

const isFormat = (text: string | undefined): text is Format => FORMATS.includes(text as Format);

/** What the arguments ask for, read without a parser: faults in the arguments themselves must be told in that form, too. */
export function formatOf(argv: readonly string[], env: Host['env']): Format {
  const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  if (own.includes('--json')) return 'json';
  const asked = own.flatMap((word, index) => {
    if (word === '--output' || word === '-o') return [own[index + 1]];
    const [, value] = /^(?:--output=|-o=?)(.+)$/.exec(word) ?? [];
    return value === undefined ? [] : [value];
  });
  const format = asked.at(-1) ?? (isTrue(env.COMPASS_JSON) ? 'json' : env.COMPASS_OUTPUT);
  return isFormat(format) ? format : 'text';
}

const isTrue = (text: string | undefined) => text !== undefined && ['1', 'true', 'yes', 'y'].includes(text.toLowerCase());

/** Whether a stream takes colours: what the user said, then what the terminal can. */
export function coloured(stream: { readonly isTTY?: boolean }, env: Host['env'], noColor: boolean): boolean {
  if (noColor || (env.NO_COLOR ?? '') !== '') return false;
  if ((env.FORCE_COLOR ?? '') !== '') return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}
