import { CreateConstraintDocument, type FormationConstraintInput } from '../../src/client/director.generated.ts';
import { named, neededFile } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { constraintCard } from '../../src/cli/views/formation-template.ts';

export default class ConstraintCreate extends RemoteCommand<typeof ConstraintCreate> {
  static override summary = 'Create a formation constraint from a file.';
  static override description =
    'The file holds a FormationConstraintInput: name, constraintType, targetOperation, operator, resourceType, resourceSubtype, inputTemplate, constraintScope.';
  static override examples = ['<%= config.bin %> <%= command.id %> --file one-shop-only.yaml'];
  static override flags = named({ file: neededFile });

  protected async execute() {
    const { constraint } = await this.director.request(CreateConstraintDocument, {
      in: (await this.fileInput()) as FormationConstraintInput,
    });
    return constraintCard(constraint, `Created constraint ${constraint.name}.`);
  }
}
