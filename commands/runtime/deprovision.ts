import { DeprovisionRuntimeDocument, RuntimeOperationDocument } from '../../src/client/provisioner.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RuntimeCommand, WAIT_FLAGS } from '../../src/cli/runtime/command.ts';
import { operationCard } from '../../src/cli/views/runtime.ts';

export default class RuntimeDeprovision extends RuntimeCommand<typeof RuntimeDeprovision> {
  static override summary = 'Take down a provisioned runtime, and unregister it.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod --yes', '<%= config.bin %> <%= command.id %> prod --yes --no-wait'];
  static override args = { runtime: needed('Name or id of the runtime.') };
  static override flags = named({ yes, ...WAIT_FLAGS });

  protected async execute() {
    const { runtime } = this.args;
    const id = await this.idOf('runtime', runtime);
    await this.agree(`Take down runtime ${runtime} and all that runs there?`);
    const { operation: operationId } = await this.begin(runtime, id, () => this.provisioner.request(DeprovisionRuntimeDocument, { id }));
    if (!this.flags.wait) {
      const { operation } = await this.provisioner.request(RuntimeOperationDocument, { id: operationId });
      if (operation === null) throw new Failure('operation_failed', `The Provisioner does not know operation ${operationId}.`);
      return operationCard(operation, 'Under way.');
    }
    this.output.note(`Taking down ${runtime} (operation ${operationId}) …`);
    return operationCard(await this.followed(operationId, runtime), `Took down runtime ${runtime}.`);
  }
}
