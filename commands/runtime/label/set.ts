import { SetRuntimeLabelDocument } from '../../../src/client/director.generated.ts';
import { needed } from '../../../src/cli/frame/flags.ts';
import { jsonOrText } from '../../../src/cli/input/input.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { labelCard } from '../../../src/cli/views/label.ts';

export default class RuntimeLabelSet extends RemoteCommand<typeof RuntimeLabelSet> {
  static override summary = 'Set a label of a runtime.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod region eu'];
  static override args = {
    runtime: needed('Name or id of the runtime.'),
    key: needed('Key of the label.'),
    value: needed('Value: JSON, or else taken as text.'),
  };

  protected async execute() {
    const { runtime, key, value } = this.args;
    const id = await this.idOf('runtime', runtime);
    const { label } = await this.director.request(SetRuntimeLabelDocument, { id, key, value: jsonOrText(value) });
    return labelCard(label, `Set label ${key} of runtime ${runtime}.`);
  }
}
