import { HibernateRuntimeDocument } from '../../src/client/provisioner.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { RuntimeCommand, WAIT_FLAGS } from '../../src/cli/runtime/command.ts';
import { FULL_ALONE } from '../../src/cli/runtime/hints.ts';

export default class RuntimeHibernate extends RuntimeCommand<typeof RuntimeHibernate> {
  static override summary = 'Put the cluster of a provisioned runtime to sleep, its agent with it.';
  static override description = 'Planes with the profile full do; `runtime wake` wakes it.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod', '<%= config.bin %> <%= command.id %> prod --no-wait'];
  static override args = { runtime: needed('Name or id of the runtime.') };
  static override flags = named(WAIT_FLAGS);

  protected async execute() {
    const { runtime: name } = this.args;
    const id = await this.idOf('runtime', name);
    const { operation } = await this.begin(name, id, () => this.provisioner.request(HibernateRuntimeDocument, { id }));
    if (operation === null)
      throw new Failure('conflict', 'The Provisioner of this plane puts no runtimes to sleep, and did nothing.', { hint: FULL_ALONE });
    return this.finished(operation, { name, doing: `Putting ${name} to sleep`, done: `Put runtime ${name} to sleep.` });
  }
}
