import { Flags } from '@oclif/core';
import { DeprovisionRuntimeDocument, RuntimeOperationDocument } from '../../src/client/provisioner.generated.ts';
import { named, needed, time, yes } from '../../src/cli/flags.ts';
import { Failure } from '../../src/cli/failure.ts';
import { finished } from '../../src/cli/operations.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { operationCard } from '../../src/cli/views/runtime.ts';

export default class RuntimeDeprovision extends RemoteCommand<typeof RuntimeDeprovision> {
  static override summary = 'Take down a provisioned runtime, and unregister it.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod --yes', '<%= config.bin %> <%= command.id %> prod --yes --no-wait'];
  static override args = { runtime: needed('Name or id of the runtime.') };
  static override flags = named({
    yes,
    'no-wait': Flags.boolean({ summary: 'Print the operation and leave.' }),
    timeout: time({ summary: 'How long to wait at most.', default: 600_000, defaultHelp: async () => '10m' }),
  });

  protected async execute() {
    const { runtime } = this.args;
    const id = await this.idOf('runtime', runtime);
    await this.agree(`Take down runtime ${runtime} and all that runs there?`);
    const { operation: operationId } = await this.provisioner.request(DeprovisionRuntimeDocument, { id });
    if (this.flags['no-wait']) {
      const { operation } = await this.provisioner.request(RuntimeOperationDocument, { id: operationId });
      if (operation === null) throw new Failure('operation_failed', `The Provisioner does not know operation ${operationId}.`);
      return operationCard(operation, 'Under way.');
    }
    this.output.note(`Taking down ${runtime} (operation ${operationId}) …`);
    return operationCard(await finished(this.provisioner, operationId, this.flags.timeout), `Took down runtime ${runtime}.`);
  }
}
