import { Flags } from '@oclif/core';
import { ProvisionRuntimeDocument } from '../../src/client/provisioner.generated.ts';
import { inputFile, labels, named, time } from '../../src/cli/flags.ts';
import { Failure } from '../../src/cli/failure.ts';
import { labelsFrom } from '../../src/cli/input.ts';
import { finished } from '../../src/cli/operations.ts';
import { PROVIDERS, provisionInput } from '../../src/cli/provision-input.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { operationCard } from '../../src/cli/views/runtime.ts';

export default class RuntimeProvision extends RemoteCommand<typeof RuntimeProvision> {
  static override summary = 'Provision a runtime: registered, with an agent that pairs and reports.';
  static override description =
    'Waits until the operation is over, unless told otherwise. `wait runtime NAME --for CONNECTED` waits for the agent.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --name prod',
    '<%= config.bin %> <%= command.id %> --name prod --cloud-provider azure --region westeurope --label team=shop',
    '<%= config.bin %> <%= command.id %> --name prod --no-wait',
  ];
  static override flags = named({
    name: Flags.string({ char: 'n', summary: 'Name of the runtime.', helpValue: 'NAME' }),
    description: Flags.string({ char: 'd', summary: 'What it is.', helpValue: 'TEXT' }),
    label: labels,
    'cloud-provider': Flags.option({ options: PROVIDERS })({ summary: 'Who gives the machines.', default: 'aws' }),
    region: Flags.string({ summary: 'Where; a region of the provider.', helpValue: 'REGION' }),
    'machine-type': Flags.string({ summary: 'Kind of machine; one of the provider.', helpValue: 'TYPE' }),
    'kubernetes-version': Flags.string({ summary: 'Version of the cluster.', helpValue: 'VERSION', default: '1.28.7' }),
    'target-secret': Flags.string({
      summary: 'Name of the secret with the credentials for the provider.',
      helpValue: 'NAME',
      default: 'default',
    }),
    'min-nodes': Flags.integer({ summary: 'Fewest machines.', helpValue: 'N', default: 1 }),
    'max-nodes': Flags.integer({ summary: 'Most machines.', helpValue: 'N', default: 3 }),
    file: inputFile,
    'no-wait': Flags.boolean({ summary: 'Print the operation and leave.' }),
    timeout: time({ summary: 'How long to wait at most.', default: 600_000, defaultHelp: async () => '10m' }),
  });

  protected async execute() {
    const { flags } = this;
    const file = await this.fileInput();
    const name = flags.name ?? (file.runtimeInput === undefined ? await this.wanted('name', 'Name of the runtime?') : undefined);
    const config = provisionInput(file, {
      name,
      description: flags.description,
      labels: labelsFrom(flags.label),
      provider: flags['cloud-provider'],
      region: flags.region,
      machineType: flags['machine-type'],
      kubernetesVersion: flags['kubernetes-version'],
      targetSecret: flags['target-secret'],
      minNodes: flags['min-nodes'],
      maxNodes: flags['max-nodes'],
    });
    const { operation } = await this.provisioner.request(ProvisionRuntimeDocument, { config });
    if (operation?.id === null || operation?.id === undefined) throw new Failure('operation_failed', 'The Provisioner named no operation.');
    if (flags['no-wait'])
      return operationCard(operation, `Under way: \`compass runtime status ${operation.runtimeID ?? ''}\` tells how far it is.`);
    this.output.note(`Provisioning ${name ?? 'the runtime'} (operation ${operation.id}) …`);
    return operationCard(await finished(this.provisioner, operation.id, flags.timeout), `Provisioned runtime ${name ?? ''}.`);
  }
}
