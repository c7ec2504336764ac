import { BaseCommand } from '../src/cli/frame/base-command.ts';
import { Contexts, LOCAL } from '../src/cli/connection/contexts.ts';
import { isRunning } from '../src/cli/connection/running.ts';
import { Failure } from '../src/cli/failure/failure.ts';
import { named, optional, time } from '../src/cli/frame/flags.ts';
import { card } from '../src/cli/output/view.ts';
import { isAlive } from '../src/process/is-alive.ts';
import { until } from '../src/cli/wait/wait.ts';

export default class Stop extends BaseCommand<typeof Stop> {
  static override summary = 'Stop a plane of this machine: what is under way is finished, everything is stored.';
  static override description = 'A plane that is not running is no failure. `compass context list` shows which ones are.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> shop'];
  static override args = { context: optional('Name of the plane; `local` unless given.') };
  static override flags = named({
    timeout: time({ summary: 'How long it may take at most.', default: 30_000, defaultHelp: async () => '30s' }),
  });

  protected async execute() {
    const name = this.args.context ?? LOCAL;
    const context = new Contexts(this.host.env).all()[name];
    // An ephemeral plane has taken its context along.
    if (context === undefined && name === LOCAL) return this.#answer(name, false);
    if (context?.plane === undefined)
      throw new Failure('not_found', `No plane of this machine is called ${JSON.stringify(name)}.`, {
        hint: 'See `compass context list`.',
      });
    if (!(await isRunning(context))) return this.#answer(name, false);
    const { pid } = context.plane;
    process.kill(pid, 'SIGTERM');
    await until(async () => (isAlive(pid) ? undefined : true), {
      what: `the plane ${name} to end`,
      timeout: this.flags.timeout,
      interval: 50,
    });
    return this.#answer(name, true);
  }

  #answer(name: string, wasRunning: boolean) {
    return card({ name, stopped: wasRunning }, { Plane: name, State: wasRunning ? 'stopped' : 'was not running' });
  }
}
