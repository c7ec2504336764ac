import { ApplicationDocument } from '../../src/client/director.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { applicationCard } from '../../src/cli/views/application.ts';

export default class AppGet extends RemoteCommand<typeof AppGet> {
  static override summary = 'Show one application.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> shop',
    '<%= config.bin %> <%= command.id %> 5b2d8b49-2f6b-4f0e-8f4f-1f3f0a4c7a55 --output yaml',
  ];
  static override args = { application: needed('Name or id of the application.') };

  protected async execute() {
    const id = await this.idOf('application', this.args.application);
    const { application } = await this.director.request(ApplicationDocument, { id });
    if (application === null) throw missing('application', this.args.application);
    return applicationCard(application);
  }
}
