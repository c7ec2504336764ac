import { UnpairApplicationDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class AppUnpair extends RemoteCommand<typeof AppUnpair> {
  static override summary = 'Take away the credentials of an application, and keep the application.';
  static override examples = ['<%= config.bin %> <%= command.id %> shop --yes'];
  static override args = { application: needed('Name or id of the application.') };
  static override flags = named({ yes });

  protected async execute() {
    const id = await this.idOf('application', this.args.application);
    await this.agree(`Take away all credentials of ${this.args.application}?`);
    const { application } = await this.director.request(UnpairApplicationDocument, { id });
    return card(
      application,
      { Name: application.name, ID: application.id, Status: application.status.condition },
      `Unpaired application ${application.name}.`,
    );
  }
}
