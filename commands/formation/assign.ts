import { AssignFormationDocument } from '../../src/client/director.generated.ts';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { PARTICIPANT_FLAGS, participantFrom } from '../../src/cli/objects/participant.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { find } from '../../src/cli/objects/resolve.ts';
import { formationCard } from '../../src/cli/views/formation.ts';

export default class FormationAssign extends RemoteCommand<typeof FormationAssign> {
  static override summary = 'Assign an application, a runtime, a runtime context or a tenant to a formation.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> orders --app shop',
    '<%= config.bin %> <%= command.id %> orders --runtime prod',
  ];
  static override args = { formation: needed('Name or id of the formation.') };
  static override flags = named(PARTICIPANT_FLAGS);

  protected async execute() {
    const { name } = await find(this.director, 'formation', this.args.formation);
    const participant = await participantFrom(this.director, this.flags);
    const { formation } = await this.director.request(AssignFormationDocument, {
      object: participant.id,
      type: participant.type,
      in: { name },
    });
    return formationCard(formation, `Assigned ${participant.asked} to formation ${name}.`);
  }
}
