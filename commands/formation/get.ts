import { FormationDocument } from '../../src/client/director.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { formationDetailsCard } from '../../src/cli/views/formation.ts';

export default class FormationGet extends RemoteCommand<typeof FormationGet> {
  static override summary = 'Show one formation with its assignments.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders', '<%= config.bin %> <%= command.id %> orders --output yaml'];
  static override args = { formation: needed('Name or id of the formation.') };

  protected async execute() {
    const id = await this.idOf('formation', this.args.formation);
    const { formation } = await this.director.request(FormationDocument, { id });
    if (formation === null) throw missing('formation', this.args.formation);
    return formationDetailsCard(formation);
  }
}
