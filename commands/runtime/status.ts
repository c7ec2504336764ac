import { ProvisionedRuntimeDocument } from '../../src/client/provisioner.generated.ts';
import { needed } from '../../src/cli/flags.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { missing } from '../../src/cli/resolve.ts';
import { card } from '../../src/cli/view.ts';

export default class RuntimeStatus extends RemoteCommand<typeof RuntimeStatus> {
  static override summary = 'Show how a provisioned runtime is: its last operation, its cluster, its agent.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod', '<%= config.bin %> <%= command.id %> prod --output json'];
  static override args = { runtime: needed('Name or id of the runtime.') };

  protected async execute() {
    const id = await this.idOf('runtime', this.args.runtime);
    const { runtime } = await this.provisioner.request(ProvisionedRuntimeDocument, { id });
    if (runtime === null) throw missing('runtime', this.args.runtime);
    const { lastOperationStatus: operation, runtimeConnectionStatus: connection, runtimeConfiguration: configuration } = runtime;
    return card(runtime, {
      Operation: operation?.id,
      Kind: operation?.operation,
      State: operation?.state,
      Message: operation?.message,
      Error: operation?.lastError?.errMessage,
      Agent: connection?.status,
      Cluster: configuration?.clusterConfig?.name,
      Provider: configuration?.clusterConfig?.provider,
      Region: configuration?.clusterConfig?.region,
      Kubernetes: configuration?.clusterConfig?.kubernetesVersion,
    });
  }
}
