import { RollBackRuntimeKymaDocument } from '../../src/client/provisioner.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { RuntimeCommand } from '../../src/cli/runtime/command.ts';
import { kymaCard } from '../../src/cli/views/runtime.ts';

export default class RuntimeRollbackKyma extends RuntimeCommand<typeof RuntimeRollbackKyma> {
  static override summary = 'Take back the last upgrade of Kyma in what is kept of a provisioned runtime.';
  static override description =
    'Nothing is installed by it. The upgrade must be over, and the last thing that was done; one that failed counts as well.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod', '<%= config.bin %> <%= command.id %> prod --output json'];
  static override args = { runtime: needed('Name or id of the runtime.') };

  protected async execute() {
    const { runtime: name } = this.args;
    const id = await this.idOf('runtime', name);
    const { runtime } = await this.begin(name, id, () => this.provisioner.request(RollBackRuntimeKymaDocument, { id }));
    const kyma = runtime?.runtimeConfiguration?.kymaConfig;
    if (!kyma) throw missing('runtime', name);
    return kymaCard(kyma, `The Kyma of ${name} is again what it was before its upgrade.`);
  }
}
