import { type ApplicationTemplateUpdateInput, UpdateApplicationTemplateDocument } from '../../src/client/director.generated.ts';
import { named, needed, neededFile } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { applicationTemplateCard } from '../../src/cli/views/application-template.ts';

export default class AppTemplateUpdate extends RemoteCommand<typeof AppTemplateUpdate> {
  static override summary = 'Replace an application template by what a file holds.';
  static override examples = ['<%= config.bin %> <%= command.id %> Commerce --file commerce.yaml'];
  static override args = { template: needed('Name or id of the template.') };
  static override flags = named({ file: neededFile });

  protected async execute() {
    const id = await this.idOf('applicationTemplate', this.args.template);
    const input = { accessLevel: 'GLOBAL', ...(await this.fileInput()) } as ApplicationTemplateUpdateInput;
    const { template } = await this.director.request(UpdateApplicationTemplateDocument, { id, in: input });
    return applicationTemplateCard(template, `Updated application template ${template.name}.`);
  }
}
