import { DeleteFormationTemplateDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class FormationTemplateDelete extends RemoteCommand<typeof FormationTemplateDelete> {
  static override summary = 'Delete a formation template that no formation uses.';
  static override examples = ['<%= config.bin %> <%= command.id %> Shops --yes'];
  static override args = { template: needed('Name or id of the template.') };
  static override flags = named({ yes });

  protected async execute() {
    const id = await this.idOf('formationTemplate', this.args.template);
    await this.agree(`Delete formation template ${this.args.template}?`);
    const { template } = await this.director.request(DeleteFormationTemplateDocument, { id });
    return card(template ?? { id }, { Name: template?.name, ID: id }, `Deleted formation template ${this.args.template}.`);
  }
}
