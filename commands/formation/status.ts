import { FormationDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure.ts';
import { needed } from '../../src/cli/flags.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { missing } from '../../src/cli/resolve.ts';
import { table } from '../../src/cli/view.ts';
import { assignmentColumns } from '../../src/cli/views/formation.ts';

export default class FormationStatus extends RemoteCommand<typeof FormationStatus> {
  static override summary = 'Show how far the assignments of a formation are; exits with 8 while it is not ready.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders'];
  static override args = { formation: needed('Name or id of the formation.') };

  protected async execute() {
    const id = await this.idOf('formation', this.args.formation);
    const { formation } = await this.director.request(FormationDocument, { id });
    if (formation === null) throw missing('formation', this.args.formation);
    const { condition, errors } = formation.status;
    const view = table(formation.formationAssignments?.data ?? [], assignmentColumns, 'Nobody is assigned.');
    if (condition === 'READY') return view;
    if (!this.output.machine) await this.output.show(view);
    const faults = (errors ?? []).map(({ message }) => message);
    throw new Failure(
      condition === 'ERROR' ? 'operation_failed' : 'pending',
      [`Formation ${formation.name} is ${condition}.`, ...faults].join('\n'),
      {
        hint:
          condition === 'ERROR'
            ? `\`compass formation resync ${formation.name}\` tries again.`
            : `\`compass wait formation ${formation.name}\` waits for it.`,
        details: { ...formation },
      },
    );
  }
}
