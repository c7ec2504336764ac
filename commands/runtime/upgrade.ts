import { Flags } from '@oclif/core';
import { type UpgradeShootInput, UpgradeRuntimeShootDocument } from '../../src/client/provisioner.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { inputFile, named, optional } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { RuntimeCommand, WAIT_FLAGS } from '../../src/cli/runtime/command.ts';
import { UPGRADE_EXAMPLE } from '../../src/cli/runtime/examples.ts';
import { text } from '../../src/cli/output/view.ts';

export default class RuntimeUpgrade extends RuntimeCommand<typeof RuntimeUpgrade> {
  static override summary = 'Change the cluster of a provisioned runtime: its version, its machines, its size.';
  static override description =
    'What is not given stays. Settings without a flag come from --file, which is checked before anything is sent.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> prod --kubernetes-version 1.29.4',
    '<%= config.bin %> <%= command.id %> prod --machine-type m5.2xlarge --min-nodes 2 --max-nodes 6',
    '<%= config.bin %> <%= command.id %> --print-example > change.yaml',
    '<%= config.bin %> <%= command.id %> prod --file change.yaml --no-wait',
  ];
  static override args = { runtime: optional('Name or id of the runtime.') };
  static override flags = named({
    'kubernetes-version': Flags.string({ summary: 'Version of the cluster; it never goes back.', helpValue: 'VERSION' }),
    'machine-type': Flags.string({ summary: 'Kind of machine; one of the provider.', helpValue: 'TYPE' }),
    'min-nodes': Flags.integer({ summary: 'Fewest machines.', helpValue: 'N', min: 0 }),
    'max-nodes': Flags.integer({ summary: 'Most machines.', helpValue: 'N', min: 1 }),
    file: inputFile,
    'print-example': Flags.boolean({ summary: 'Print a file to begin with, with comments, and do nothing else.' }),
    ...WAIT_FLAGS,
  });

  protected async execute() {
    if (this.flags['print-example']) return text(UPGRADE_EXAMPLE, UPGRADE_EXAMPLE);
    const { runtime } = this.args;
    if (runtime === undefined) throw new Failure('usage', 'Name the runtime that is to be changed.');
    const config = await this.#input();
    const id = await this.idOf('runtime', runtime);
    const { operation } = await this.begin(runtime, id, () => this.provisioner.request(UpgradeRuntimeShootDocument, { id, config }));
    return this.finished(operation, { name: runtime, doing: `Changing ${runtime}`, done: `Changed runtime ${runtime}.` });
  }

  async #input(): Promise<UpgradeShootInput> {
    const { flags } = this;
    const file = flags.file === undefined ? {} : await this.settingsIn(flags.file, 'UpgradeShootInput');
    const settings = {
      ...(file.gardenerConfig as object | undefined),
      ...given({
        kubernetesVersion: flags['kubernetes-version'],
        machineType: flags['machine-type'],
        autoScalerMin: flags['min-nodes'],
        autoScalerMax: flags['max-nodes'],
      }),
    };
    if (Object.keys(settings).length === 0)
      throw new Failure('usage', 'Nothing says what shall change.', { hint: 'Give a flag, or a file: --print-example shows one.' });
    return { ...file, gardenerConfig: settings };
  }
}
