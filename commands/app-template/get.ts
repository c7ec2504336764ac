import { ApplicationTemplateDocument } from '../../src/client/director.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { applicationTemplateCard } from '../../src/cli/views/application-template.ts';

export default class AppTemplateGet extends RemoteCommand<typeof AppTemplateGet> {
  static override summary = 'Show one application template.';
  static override examples = ['<%= config.bin %> <%= command.id %> Commerce'];
  static override args = { template: needed('Name or id of the template.') };

  protected async execute() {
    const id = await this.idOf('applicationTemplate', this.args.template);
    const { template } = await this.director.request(ApplicationTemplateDocument, { id });
    if (template === null) throw missing('applicationTemplate', this.args.template);
    return applicationTemplateCard(template);
  }
}
