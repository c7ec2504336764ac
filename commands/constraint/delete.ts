import { DeleteConstraintDocument } from '../../src/client/director.generated.ts';
import { constraintId } from '../../src/cli/objects/constraints.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class ConstraintDelete extends RemoteCommand<typeof ConstraintDelete> {
  static override summary = 'Delete a formation constraint.';
  static override examples = ['<%= config.bin %> <%= command.id %> OneShopOnly --yes'];
  static override args = { constraint: needed('Name or id of the constraint.') };
  static override flags = named({ yes });

  protected async execute() {
    const id = await constraintId(this.director, this.args.constraint);
    await this.agree(`Delete constraint ${this.args.constraint}?`);
    const { constraint } = await this.director.request(DeleteConstraintDocument, { id });
    return card(constraint, { Name: constraint.name, ID: constraint.id }, `Deleted constraint ${constraint.name}.`);
  }
}
