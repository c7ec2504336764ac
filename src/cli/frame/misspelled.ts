/** Says which flag was meant where one is unknown. */
import { Failure } from '../failure/failure.ts';
import { nearest } from './suggest.ts';

export function misspelled(error: unknown, known: Readonly<Record<string, unknown>>): Failure | undefined {
  const unknown = (error as { flags?: unknown } | undefined)?.flags;
  if (!Array.isArray(unknown) || !(error as Error).message.startsWith('Nonexistent flag')) return undefined;
  const meant = unknown
    .flatMap((flag: string) => nearest(flag.replace(/^-+/, '').replace(/=.*/s, ''), Object.keys(known)))
    .map((flag) => `--${flag}`);
  return new Failure(
    'usage',
    `There is no flag ${unknown.join(', ')} here.`,
    meant.length === 0 ? {} : { hint: `Did you mean ${meant.join(' or ')}?`, details: { suggestions: meant } },
  );
}
