import { Flags } from '@oclif/core';
import { ResynchronizeFormationDocument } from '../../src/client/director.generated.ts';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { formationDetailsCard } from '../../src/cli/views/formation.ts';

export default class FormationResync extends RemoteCommand<typeof FormationResync> {
  static override summary = 'Send again the notifications of a formation that failed or got no answer.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders', '<%= config.bin %> <%= command.id %> orders --reset'];
  static override args = { formation: needed('Name or id of the formation.') };
  static override flags = named({ reset: Flags.boolean({ summary: 'Begin all assignments anew.' }) });

  protected async execute() {
    const id = await this.idOf('formation', this.args.formation);
    const { formation } = await this.director.request(ResynchronizeFormationDocument, { id, reset: this.flags.reset });
    return formationDetailsCard(formation);
  }
}
