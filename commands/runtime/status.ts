import { GraphQLError } from '../../src/client/errors.ts';
import { ProvisionedRuntimeDocument } from '../../src/client/provisioner.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { RuntimeCommand } from '../../src/cli/runtime/command.ts';
import { card } from '../../src/cli/output/view.ts';
import { masked } from '../../src/cli/views/credentials.ts';
import { componentsOf } from '../../src/cli/views/runtime.ts';

export default class RuntimeStatus extends RuntimeCommand<typeof RuntimeStatus> {
  static override summary = 'Show how a provisioned runtime is: its last operation, its cluster, its agent.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod', '<%= config.bin %> <%= command.id %> prod --output json'];
  static override args = { runtime: needed('Name or id of the runtime.') };

  protected async execute() {
    const id = await this.idOf('runtime', this.args.runtime);
    const known = await this.details.runtime(id);
    const runtime = await this.about(this.args.runtime, () => this.#status(id, known !== undefined));
    if (runtime === null && known === undefined) throw missing('runtime', this.args.runtime);
    const operation = known?.lastOperation ?? runtime?.lastOperationStatus;
    const cluster = runtime?.runtimeConfiguration?.clusterConfig;
    const kyma = runtime?.runtimeConfiguration?.kymaConfig;
    const { stage, stages, startedAt, endedAt } = known?.lastOperation ?? {};
    const running = operation?.state === 'InProgress';
    return card(
      // `runtime kubeconfig` gives that one.
      masked({ ...runtime, lastOperationStatus: operation ?? null }, false),
      {
        Operation: operation?.id,
        Kind: operation?.operation,
        State: operation?.state,
        Stage: running && stage ? `${stage} (${(stages ?? []).indexOf(stage) + 1} of ${stages?.length})` : undefined,
        Since: startedAt,
        Until: endedAt,
        Message: operation?.message,
        Error: operation?.lastError?.errMessage,
        Agent: runtime?.runtimeConnectionStatus?.status,
        Cluster: cluster?.name ?? known?.cluster,
        Provider: cluster?.provider ?? known?.provider,
        Region: cluster?.region ?? known?.region,
        Kubernetes: cluster?.kubernetesVersion,
        Kyma: kyma ? [kyma.version, ...(componentsOf(kyma) ?? [])].join(' ') : undefined,
        Asleep: (known?.asleep ?? runtime?.hibernationStatus?.hibernated) ? 'yes' : undefined,
      },
    );
  }

  /** Null while the cluster gives no access, or its provider no answer, where its operation can be told all the same. */
  async #status(id: string, known: boolean) {
    try {
      return (await this.provisioner.request(ProvisionedRuntimeDocument, { id })).runtime;
    } catch (error) {
      if (!known || !(error instanceof GraphQLError)) throw error;
      const ofProvider = error.errors[0]?.extensions?.error_component === 'provider';
      if (ofProvider || error.message.includes('unable to fetch kubeconfig')) return null;
      throw error;
    }
  }
}
