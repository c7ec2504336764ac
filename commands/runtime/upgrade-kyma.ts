import { Flags } from '@oclif/core';
import { type UpgradeRuntimeInput, UpgradeRuntimeKymaDocument } from '../../src/client/provisioner.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { inputFile, named, optional } from '../../src/cli/frame/flags.ts';
import { RuntimeCommand, WAIT_FLAGS } from '../../src/cli/runtime/command.ts';
import { KYMA_EXAMPLE } from '../../src/cli/runtime/examples.ts';
import { text } from '../../src/cli/output/view.ts';

export default class RuntimeUpgradeKyma extends RuntimeCommand<typeof RuntimeUpgradeKyma> {
  static override summary = 'Have another Kyma installed in a provisioned runtime: its version, its components, their settings.';
  static override description =
    'Planes with the profile full do, in runtimes that were provisioned with --kyma-file. The file replaces the installation as a whole.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --print-example > kyma.yaml',
    '<%= config.bin %> <%= command.id %> prod --file kyma.yaml',
    '<%= config.bin %> <%= command.id %> prod --file kyma.yaml --no-wait',
  ];
  static override args = { runtime: optional('Name or id of the runtime.') };
  static override flags = named({
    file: inputFile,
    'print-example': Flags.boolean({ summary: 'Print a file to begin with, with comments, and do nothing else.' }),
    ...WAIT_FLAGS,
  });

  protected async execute() {
    const { file, 'print-example': printExample } = this.flags;
    if (printExample) return text(KYMA_EXAMPLE, KYMA_EXAMPLE);
    const { runtime: name } = this.args;
    if (name === undefined || file === undefined)
      throw new Failure('usage', 'Name the runtime, and the file with its Kyma.', { hint: '--print-example shows such a file.' });
    const config = (await this.settingsIn(file, 'UpgradeRuntimeInput')) as unknown as UpgradeRuntimeInput;
    const id = await this.idOf('runtime', name);
    const { operation } = await this.begin(name, id, () => this.provisioner.request(UpgradeRuntimeKymaDocument, { id, config }));
    return this.finished(operation, { name, doing: `Upgrading Kyma in ${name}`, done: `Upgraded Kyma in runtime ${name}.` });
  }
}
