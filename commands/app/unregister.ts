import { UnregisterApplicationDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class AppUnregister extends RemoteCommand<typeof AppUnregister> {
  static override summary = 'Unregister an application, with its bundles, webhooks and credentials.';
  static override examples = ['<%= config.bin %> <%= command.id %> shop', '<%= config.bin %> <%= command.id %> shop --yes'];
  static override args = { application: needed('Name or id of the application.') };
  static override flags = named({ yes });

  protected async execute() {
    const id = await this.idOf('application', this.args.application);
    await this.agree(`Unregister application ${this.args.application} and all that belongs to it?`);
    const { application } = await this.director.request(UnregisterApplicationDocument, { id });
    return card(application, { Name: application.name, ID: application.id }, `Unregistered application ${application.name}.`);
  }
}
