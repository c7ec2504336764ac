import { FinalizeDraftFormationDocument } from '../../src/client/director.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { formationDetailsCard } from '../../src/cli/views/formation.ts';

export default class FormationFinalize extends RemoteCommand<typeof FormationFinalize> {
  static override summary = 'Make a formation of a draft: its notifications are sent now.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders'];
  static override args = { formation: needed('Name or id of the formation.') };

  protected async execute() {
    const id = await this.idOf('formation', this.args.formation);
    return formationDetailsCard((await this.director.request(FinalizeDraftFormationDocument, { id })).formation);
  }
}
