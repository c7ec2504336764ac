/** Flags that were given as variables: read where oclif does not, and told by these, as whoever set COMPASS_OUTPUT long ago has typed no --output now. */
import { Failure } from '../failure/failure.ts';
import type { Host } from './host.ts';

interface Flag {
  readonly env?: string | undefined;
  readonly char?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly multiple?: boolean | undefined;
}

type Flags = Readonly<Record<string, Flag>>;

const given = (flags: Flags, argv: readonly string[], env: Host['env']) =>
  Object.entries(flags).filter(([name, flag]) => (env[flag.env ?? ''] ?? '') !== '' && !isTyped(name, flag, argv));

/** Flags with several values, as they would be typed: oclif would give their variables on as one text. */
export const severalAsTyped = (flags: Flags, argv: readonly string[], env: Host['env']): string[] =>
  given(flags, argv, env).flatMap(([name, flag]) => (flag.multiple === true ? [`--${name}=${env[flag.env!]}`] : []));

/** Wrong usage in the words of how it was given; any other failure as it is. */
export function byVariable(failure: Failure, flags: Flags, argv: readonly string[], env: Host['env']): Failure {
  const { code, message, hint, details, cause } = failure;
  if (code !== 'usage') return failure;
  const told = given(flags, argv, env).reduce(
    (text, [name, flag]) => text.replaceAll(new RegExp(`(?<![\\w-])--${name}(?![\\w-])`, 'g'), flag.env!),
    message,
  );
  return told === message ? failure : new Failure(code, told, { hint, details, cause });
}

const isTyped = (name: string, { char, aliases = [] }: Flag, argv: readonly string[]) =>
  argv.some((word) => {
    if (/^-[^-]/.test(word)) return char !== undefined && word.includes(char);
    return [name, ...aliases].some((long) => word === `--${long}` || word === `--no-${long}` || word.startsWith(`--${long}=`));
  });
