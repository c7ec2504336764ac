import { Flags } from '@oclif/core';
import { ProvisionRuntimeDocument } from '../../src/client/provisioner.generated.ts';
import { inputFile, labels, named } from '../../src/cli/frame/flags.ts';
import { labelsFrom } from '../../src/cli/input/input.ts';
import { RuntimeCommand, WAIT_FLAGS } from '../../src/cli/runtime/command.ts';
import { provisionExample } from '../../src/cli/runtime/examples.ts';
import { givenSettings, type ProvisionFlags, provisionInput, PROVIDERS } from '../../src/cli/input/provision-input.ts';
import { FULL_ALONE } from '../../src/cli/runtime/hints.ts';
import { text } from '../../src/cli/output/view.ts';

export default class RuntimeProvision extends RuntimeCommand<typeof RuntimeProvision> {
  static override summary = 'Provision a runtime: registered, with an agent that pairs and reports.';
  static override description = [
    'A name alone is enough. --file has the settings of the cluster, or a whole input of the API; they are checked before anything is sent.',
    'Waits until the operation is over, unless told otherwise.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --name prod',
    '<%= config.bin %> <%= command.id %> --name prod --cloud-provider azure --region westeurope --label team=shop',
    '<%= config.bin %> <%= command.id %> --print-example --cloud-provider gcp > gardener.yaml',
    '<%= config.bin %> <%= command.id %> --name prod --file gardener.yaml --timeout 30m',
    '<%= config.bin %> <%= command.id %> --name prod --kyma-file kyma.yaml',
    '<%= config.bin %> <%= command.id %> --name prod --no-wait --output json',
  ];
  static override flags = named({
    name: Flags.string({ char: 'n', summary: 'Name of the runtime.', helpValue: 'NAME' }),
    description: Flags.string({ char: 'd', summary: 'What it is.', helpValue: 'TEXT' }),
    label: labels,
    'cloud-provider': Flags.option({ options: PROVIDERS })({ summary: 'Who gives the machines; aws unless given.' }),
    region: Flags.string({ summary: 'Where; a region of the provider.', helpValue: 'REGION' }),
    'machine-type': Flags.string({ summary: 'Kind of machine; one of the provider.', helpValue: 'TYPE' }),
    'kubernetes-version': Flags.string({ summary: 'Version of the cluster; 1.28.7 unless given.', helpValue: 'VERSION' }),
    'target-secret': Flags.string({ summary: 'Name of the secret with the credentials for the provider.', helpValue: 'NAME' }),
    'min-nodes': Flags.integer({ summary: 'Fewest machines; 1 unless given.', helpValue: 'N', min: 0 }),
    'max-nodes': Flags.integer({ summary: 'Most machines; 3 unless given.', helpValue: 'N', min: 1 }),
    file: inputFile,
    'kyma-file': Flags.string({ summary: 'Kyma to install there, as JSON or YAML; planes with the profile full do.', helpValue: 'FILE' }),
    'print-example': Flags.boolean({ summary: 'Print a file to begin with, with comments, and do nothing else.' }),
    ...WAIT_FLAGS,
  });

  protected async execute() {
    const { flags } = this;
    if (flags['print-example']) {
      const example = provisionExample(flags['cloud-provider'] ?? 'aws');
      return text(example, example);
    }
    const file = await this.#file();
    const inFile = (file.runtimeInput as { name?: string } | undefined)?.name;
    const name = flags.name ?? inFile ?? (await this.wanted('name', 'Name of the runtime?'));
    const kyma = flags['kyma-file'] === undefined ? {} : await this.settingsIn(flags['kyma-file'], 'UpgradeRuntimeInput');
    const config = provisionInput(
      { ...file, ...kyma },
      { ...this.#settings, name, description: flags.description, labels: labelsFrom(flags.label) },
    );
    const { operation } = await this.begin(name, '', () => this.provisioner.request(ProvisionRuntimeDocument, { config }));
    if (config.kymaConfig && operation?.id) await this.#tellOfKyma(operation.id);
    return this.finished(operation, { name, doing: `Provisioning ${name}`, done: `Provisioned runtime ${name}.` });
  }

  /** Says where nobody installs what was asked for. */
  async #tellOfKyma(operation: string): Promise<void> {
    const { stages } = (await this.details.operation(operation)) ?? {};
    if (stages && !stages.includes('StartingInstallation'))
      this.output.note(`This plane installs no Kyma: its settings were checked and are left out. ${FULL_ALONE}`);
  }

  get #settings(): ProvisionFlags {
    const { flags } = this;
    return {
      provider: flags['cloud-provider'],
      region: flags.region,
      machineType: flags['machine-type'],
      kubernetesVersion: flags['kubernetes-version'],
      targetSecret: flags['target-secret'],
      minNodes: flags['min-nodes'],
      maxNodes: flags['max-nodes'],
    };
  }

  async #file(): Promise<Record<string, unknown>> {
    const { file } = this.flags;
    if (file === undefined) return {};
    return this.settingsIn(file, 'ProvisionRuntimeInput', ['name', ...Object.keys(givenSettings(this.#settings))]);
  }
}
