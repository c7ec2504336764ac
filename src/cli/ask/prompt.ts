/** Questions to the user. Inquirer is loaded when something is really asked. */
import { Failure } from '../failure/failure.ts';
import type { Host } from '../frame/host.ts';

/** Only where somebody sits at both ends, and no program reads the answer. */
export function canAsk(host: Host, { machine, noInput }: { readonly machine: boolean; readonly noInput: boolean }): boolean {
  return !machine && !noInput && host.stdin.isTTY === true && host.stderr.isTTY === true && (host.env.CI ?? '') === '';
}

/** @throws Failure input_needed, interrupted */
export async function confirm(question: string, possible: boolean): Promise<void> {
  if (!possible)
    throw new Failure('input_needed', `Nobody is there to ask: ${question}`, {
      hint: 'Say --yes to go on without being asked.',
      details: { flags: ['--yes'] },
    });
  const { askToConfirm } = await import('./inquirer.ts');
  if (!(await askToConfirm(question))) throw new Failure('interrupted', 'Nothing was changed.');
}

/** The value of a flag that was not given. @throws Failure input_needed */
export async function ask(question: string, flag: string, possible: boolean, options: { readonly secret?: boolean } = {}): Promise<string> {
  if (!possible) throw new Failure('input_needed', `--${flag} is missing.`, { details: { flags: [`--${flag}`] } });
  const { askForText } = await import('./inquirer.ts');
  return askForText(question, options.secret === true);
}
