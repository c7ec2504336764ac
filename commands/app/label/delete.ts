import { DeleteApplicationLabelDocument } from '../../../src/client/director.generated.ts';
import { needed } from '../../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { labelCard } from '../../../src/cli/views/label.ts';

export default class AppLabelDelete extends RemoteCommand<typeof AppLabelDelete> {
  static override summary = 'Delete a label of an application.';
  static override examples = ['<%= config.bin %> <%= command.id %> shop region'];
  static override args = { application: needed('Name or id of the application.'), key: needed('Key of the label.') };

  protected async execute() {
    const { application, key } = this.args;
    const id = await this.idOf('application', application);
    const { label } = await this.director.request(DeleteApplicationLabelDocument, { id, key });
    return labelCard(label, `Deleted label ${key} of application ${application}.`);
  }
}
