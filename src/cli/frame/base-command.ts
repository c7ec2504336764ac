/** What every command is: its flags are read, it runs, its answer is shown, its failure becomes an exit code. */
import { Command, Errors, type Interfaces } from '@oclif/core';
import { byVariable, severalAsTyped } from './by-variable.ts';
import { failureOf } from '../failure/failure-of.ts';
import { OUTPUT_FLAGS } from './flags.ts';
import { formatOf } from '../output/format.ts';
import { withFlags } from '../failure/hints.ts';
import { type Host, hostOf } from './host.ts';
import { structuredFile } from '../input/input.ts';
import { misspelled } from './misspelled.ts';
import { Output } from '../output/output.ts';
import { ask, canAsk, confirm } from '../ask/prompt.ts';
import { usageLine, withUsage } from './usage.ts';
import { type Pick, pickedView, picking } from '../output/select.ts';
import type { View } from '../output/view.ts';

export type FlagsOf<T extends typeof Command> = Interfaces.InferredFlags<T['baseFlags'] & T['flags']>;
export type ArgsOf<T extends typeof Command> = Interfaces.InferredArgs<T['args']>;

export abstract class BaseCommand<T extends typeof Command> extends Command {
  static override baseFlags: Interfaces.FlagInput = OUTPUT_FLAGS;

  protected flags!: FlagsOf<T>;
  protected args!: ArgsOf<T>;
  protected output!: Output;

  /** Does the work. What it returns is shown; what it throws becomes a failure. */
  protected abstract execute(): Promise<View>;

  protected get host(): Host {
    return hostOf(this.config);
  }

  /** Resolves with the value that was shown. */
  override async run(): Promise<unknown> {
    // Until the flags are read: their faults are told in the format that was asked for, too.
    this.output = new Output({ host: this.host, format: formatOf(this.argv, this.host.env) });
    const { flags: own, baseFlags = {}, args: places, strict } = this.ctor;
    const typed = this.argv;
    const several = severalAsTyped({ ...baseFlags, ...own }, typed, this.host.env);
    const parsing = this.parse({ flags: own, baseFlags, args: places, strict }, [...several, ...typed]);
    // oclif keeps what it was given to parse.
    const { flags, args } = await parsing.finally(() => (this.argv = typed));
    this.flags = flags as FlagsOf<T>;
    this.args = args as ArgsOf<T>;
    this.output = new Output({
      host: this.host,
      format: formatOf(this.argv, this.host.env),
      noColor: flags['no-color'] === true,
      quiet: flags.quiet === true,
      verbose: flags.verbose === true,
    });
    // A filter that is none must not be found out after something was changed.
    const pick = typeof flags.jq === 'string' ? await picking(flags.jq) : undefined;
    this.watchSignals();
    const answer = await this.execute();
    const view = pick === undefined || answer.kind === 'silence' ? answer : this.#picked(answer, pick);
    await this.output.show(view);
    return view.value;
  }

  /** A filter may run for ever, and nobody hears signals meanwhile: they end the process by themselves. */
  #picked(answer: View, pick: Pick): View {
    if (this.host === process) for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
    const picked = pick(answer.value);
    if (picked.said !== '') this.output.note(picked.said);
    return pickedView(picked);
  }

  /** Commands that clean up before they end watch for themselves. */
  protected watchSignals(): void {
    if (this.host !== process) return;
    process.once('SIGINT', () => process.exit(130));
    process.once('SIGTERM', () => process.exit(143));
    // `compass formation watch … | head -1`: nobody reads on.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
    });
  }

  get #canAsk(): boolean {
    return canAsk(this.host, { machine: this.output.machine, noInput: (this.flags as { 'no-input'?: boolean })['no-input'] === true });
  }

  /** What the file of --file holds, an empty object where there is none. @throws Failure file_unreadable, usage */
  protected async fileInput(): Promise<Record<string, unknown>> {
    const { file } = this.flags as { file?: string };
    return file === undefined ? {} : structuredFile(this.host, file);
  }

  /** A flag that must have a value: asked for where it was not given. @throws Failure input_needed where nobody can be asked */
  protected async wanted(flag: string, question: string): Promise<string> {
    const value = (this.flags as Record<string, unknown>)[flag];
    return typeof value === 'string' ? value : ask(question, flag, this.#canAsk);
  }

  /** Goes on if the user agrees: by `--yes`, or asked. @throws Failure input_needed where nobody can be asked, interrupted on a no */
  protected async agree(question: string): Promise<void> {
    if ((this.flags as { yes?: boolean }).yes === true) return;
    await confirm(question, this.#canAsk);
  }

  override async catch(error: Error): Promise<never> {
    if (error instanceof Errors.ExitError) throw error;
    const flags = { ...this.ctor.baseFlags, ...this.ctor.flags };
    const words = (this.id ?? '').replaceAll(':', ' ');
    const failure =
      misspelled(error, flags) ?? byVariable(withFlags(failureOf(error), words, flags, this.ctor.args), flags, this.argv, this.host.env);
    const line = typeof this.ctor.usage === 'string' ? `compass ${this.ctor.usage}` : usageLine(words, this.ctor.args, flags);
    await this.output.fail(withUsage(failure, line));
    throw Object.assign(new Errors.ExitError(failure.exit), { cause: failure });
  }
}
