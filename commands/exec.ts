import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { BaseCommand } from '../src/cli/frame/base-command.ts';
import { Failure } from '../src/cli/failure/failure.ts';
import { startThrowaway } from '../src/cli/serve/throwaway.ts';
import { silence } from '../src/cli/output/view.ts';

export default class Exec extends BaseCommand<typeof Exec> {
  static override summary = 'Run a program with a plane of its own, which is gone when the program ends.';
  static override description = [
    'The plane is in memory, on free ports. The program finds it in COMPASS_URL, COMPASS_MTLS_URL, COMPASS_TOKEN, COMPASS_TENANT and COMPASS_CA_FILE, and so does `compass` in it.',
    'Flags of `serve` are given as variables, COMPASS_SEED=reference for example. The exit code is that of the program.',
  ].join('\n');
  static override usage = 'exec [FLAGS] -- PROGRAM [ARGUMENTS]';
  static override examples = ['<%= config.bin %> <%= command.id %> -- npm test', '<%= config.bin %> <%= command.id %> -- compass app list'];
  static override strict = false;

  protected async execute() {
    const at = this.argv.indexOf('--');
    const [program, ...words] = at === -1 ? [] : this.argv.slice(at + 1);
    if (program === undefined)
      throw new Failure('usage', 'There is no program to run.', { hint: 'Put it behind two dashes: `compass exec -- npm test`.' });
    const plane = await startThrowaway(process.argv[1]!, this.host.env);
    this.output.trace(`plane at ${plane.gateway}`);
    const exit = await this.#run(program, words, plane.env).finally(() => plane.stop());
    if (exit !== 0) this.exit(exit);
    return silence();
  }

  /** Signals are the program's: whoever is in the same terminal gets them anyway, others have them passed on. */
  protected override watchSignals(): void {}

  /** @throws Failure usage where there is no such program */
  #run(program: string, words: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<number> {
    return new Promise((resolve, reject) => {
      const child = spawn(program, words, { env, stdio: 'inherit' });
      const pass = (signal: NodeJS.Signals) => void child.kill(signal);
      const unheard = () => {};
      process.on('SIGINT', unheard).on('SIGTERM', pass).on('SIGHUP', pass);
      child.once('error', (error: NodeJS.ErrnoException) => reject(unrunnable(program, error)));
      child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
    });
  }
}

const unrunnable = (program: string, error: NodeJS.ErrnoException) =>
  error.code === 'ENOENT'
    ? new Failure('usage', `There is no program ${program}.`, {
        hint: 'Give its path, or a program on PATH; lines of a shell go through one: `compass exec -- sh -c "…"`.',
        cause: error,
      })
    : new Failure('usage', `${program} can't be run: ${error.message}`, { hint: 'Is it a file that may be run?', cause: error });
