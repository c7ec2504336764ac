import { ProvisionedConnectionDocument } from '../../src/client/provisioner.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { RuntimeCommand } from '../../src/cli/runtime/command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class RuntimeWake extends RuntimeCommand<typeof RuntimeWake> {
  static override summary = 'Wake the cluster of a provisioned runtime, and have its agent started again.';
  static override description = 'One that is awake stays so. Other Compass installations have no such call.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod', '<%= config.bin %> <%= command.id %> prod --output json'];
  static override args = { runtime: needed('Name or id of the runtime.') };

  protected async execute() {
    const { runtime: name } = this.args;
    const id = await this.idOf('runtime', name);
    const runtime = await this.begin(name, id, () => this.details.wake(id));
    if (runtime === undefined) throw await this.#unknown(name, id);
    return card(runtime, { Name: runtime.name, ID: runtime.id, Cluster: runtime.cluster }, `Runtime ${name} is awake.`);
  }

  /** Another Compass knows the runtime, and not the call. */
  async #unknown(name: string, id: string): Promise<Failure> {
    const { runtime } = await this.about(name, () => this.provisioner.request(ProvisionedConnectionDocument, { id }));
    return runtime === null ? missing('runtime', name) : new Failure('conflict', 'The Provisioner there wakes no runtimes.');
  }
}
