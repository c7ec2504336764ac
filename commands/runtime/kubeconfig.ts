import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { RuntimeKubeconfigDocument } from '../../src/client/provisioner.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { RuntimeCommand } from '../../src/cli/runtime/command.ts';
import { text } from '../../src/cli/output/view.ts';

export default class RuntimeKubeconfig extends RuntimeCommand<typeof RuntimeKubeconfig> {
  static override summary = "Print fresh access to a runtime's cluster, or write it to a file of its own.";
  static override description = 'It opens the cluster to administrators for eight hours: keep it to yourself.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod', '<%= config.bin %> <%= command.id %> prod --to prod.kubeconfig'];
  static override args = { runtime: needed('Name or id of the runtime.') };
  static override flags = named({ to: Flags.string({ summary: 'File to write; only its owner may read it.', helpValue: 'FILE' }) });

  protected async execute() {
    const id = await this.idOf('runtime', this.args.runtime);
    const { runtime } = await this.begin(this.args.runtime, id, () => this.provisioner.request(RuntimeKubeconfigDocument, { id }));
    const kubeconfig = runtime?.runtimeConfiguration?.kubeconfig;
    if (!kubeconfig)
      throw new Failure('pending', `The cluster of ${this.args.runtime} gives no access yet.`, {
        hint: `\`compass runtime status ${this.args.runtime}\` tells how far it is.`,
      });
    const { to } = this.flags;
    if (to === undefined) return text({ kubeconfig }, kubeconfig.trimEnd());
    const file = resolve(to);
    try {
      writeFileSync(file, kubeconfig, { mode: 0o600 });
    } catch (error) {
      throw new Failure('file_unreadable', `${file} can't be written: ${(error as Error).message}`, { cause: error });
    }
    return text({ file }, `Wrote ${file}: \`kubectl --kubeconfig ${to} version\`.`);
  }
}
