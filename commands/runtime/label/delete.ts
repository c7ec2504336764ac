import { DeleteRuntimeLabelDocument } from '../../../src/client/director.generated.ts';
import { needed } from '../../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { labelCard } from '../../../src/cli/views/label.ts';

export default class RuntimeLabelDelete extends RemoteCommand<typeof RuntimeLabelDelete> {
  static override summary = 'Delete a label of a runtime.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod region'];
  static override args = { runtime: needed('Name or id of the runtime.'), key: needed('Key of the label.') };

  protected async execute() {
    const { runtime, key } = this.args;
    const id = await this.idOf('runtime', runtime);
    const { label } = await this.director.request(DeleteRuntimeLabelDocument, { id, key });
    return labelCard(label, `Deleted label ${key} of runtime ${runtime}.`);
  }
}
