import { DeleteApplicationTemplateDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class AppTemplateDelete extends RemoteCommand<typeof AppTemplateDelete> {
  static override summary = 'Delete an application template.';
  static override examples = ['<%= config.bin %> <%= command.id %> Commerce --yes'];
  static override args = { template: needed('Name or id of the template.') };
  static override flags = named({ yes });

  protected async execute() {
    const id = await this.idOf('applicationTemplate', this.args.template);
    await this.agree(`Delete application template ${this.args.template}?`);
    const { template } = await this.director.request(DeleteApplicationTemplateDocument, { id });
    return card(template, { Name: template.name, ID: template.id }, `Deleted application template ${template.name}.`);
  }
}
