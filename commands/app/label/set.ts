import { SetApplicationLabelDocument } from '../../../src/client/director.generated.ts';
import { needed } from '../../../src/cli/frame/flags.ts';
import { jsonOrText } from '../../../src/cli/input/input.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { labelCard } from '../../../src/cli/views/label.ts';

export default class AppLabelSet extends RemoteCommand<typeof AppLabelSet> {
  static override summary = 'Set a label of an application.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> shop region eu',
    `<%= config.bin %> <%= command.id %> shop tags '["web","b2c"]'`,
  ];
  static override args = {
    application: needed('Name or id of the application.'),
    key: needed('Key of the label.'),
    value: needed('Value: JSON, or else taken as text.'),
  };

  protected async execute() {
    const { application, key, value } = this.args;
    const id = await this.idOf('application', application);
    const { label } = await this.director.request(SetApplicationLabelDocument, { id, key, value: jsonOrText(value) });
    return labelCard(label, `Set label ${key} of application ${application}.`);
  }
}
