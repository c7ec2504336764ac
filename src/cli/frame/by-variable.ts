/** Flags that were given as variables are told by these: whoever set COMPASS_OUTPUT long ago has typed no --output now. */
import { Failure } from '../failure/failure.ts';
import type { Host } from './host.ts';

interface Flag {
  readonly env?: string | undefined;
  readonly char?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
}

/** Wrong usage in the words of how it was given; any other failure as it is. */
export function byVariable(failure: Failure, flags: Readonly<Record<string, Flag>>, argv: readonly string[], env: Host['env']): Failure {
  const { code, message, hint, details, cause } = failure;
  if (code !== 'usage') return failure;
  const set = Object.entries(flags).filter(([name, flag]) => (env[flag.env ?? ''] ?? '') !== '' && !isTyped(name, flag, argv));
  const told = set.reduce((text, [name, flag]) => text.replaceAll(new RegExp(`(?<![\\w-])--${name}(?![\\w-])`, 'g'), flag.env!), message);
  return told === message ? failure : new Failure(code, told, { hint, details, cause });
}

const isTyped = (name: string, { char, aliases = [] }: Flag, argv: readonly string[]) =>
  argv.some((word) => {
    if (/^-[^-]/.test(word)) return char !== undefined && word.includes(char);
    return [name, ...aliases].some((long) => word === `--${long}` || word === `--no-${long}` || word.startsWith(`--${long}=`));
  });
