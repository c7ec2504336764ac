import { DeleteFormationDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { find } from '../../src/cli/objects/resolve.ts';
import { card } from '../../src/cli/output/view.ts';

export default class FormationDelete extends RemoteCommand<typeof FormationDelete> {
  static override summary = 'Delete a formation that nobody is assigned to.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders --yes'];
  static override args = { formation: needed('Name or id of the formation.') };
  static override flags = named({ yes });

  protected async execute() {
    const { name } = await find(this.director, 'formation', this.args.formation);
    await this.agree(`Delete formation ${name}?`);
    const { formation } = await this.director.request(DeleteFormationDocument, { in: { name } });
    return card(formation, { Name: formation.name, ID: formation.id }, `Deleted formation ${name}.`);
  }
}
