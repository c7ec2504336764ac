/** The line that shows how a command is typed: wrong usage is answered with it. */
import { Failure } from '../failure/failure.ts';

interface Argument {
  readonly required?: boolean | undefined;
  readonly options?: readonly string[] | undefined;
}
interface Flag {
  readonly required?: boolean | undefined;
  readonly helpValue?: string | string[] | undefined;
  readonly hidden?: boolean | undefined;
}

/** `compass wait plane|application|runtime|formation [NAME] [FLAGS]`; flags that must be there are named. */
export function usageLine(words: string, args: Readonly<Record<string, Argument>>, flags: Readonly<Record<string, Flag>>): string {
  const placed = Object.entries(args).map(([name, { required, options }]) => {
    const word = options?.join('|') ?? name.toUpperCase();
    return required === true ? word : `[${word}]`;
  });
  const wanted = Object.entries(flags)
    .filter(([, { required }]) => required === true)
    .map(([name, { helpValue }]) => `--${name} ${String(helpValue ?? 'VALUE')}`);
  return ['compass', words, ...placed, ...wanted, '[FLAGS]'].join(' ');
}

/** A failure that wrong usage is to blame for, with the line; any other one as it is. */
export function withUsage(failure: Failure, line: string): Failure {
  const { code, message, hint, details, cause } = failure;
  if (code !== 'usage' && code !== 'input_needed') return failure;
  return new Failure(code, message, { hint, details: { ...details, usage: line }, cause });
}
