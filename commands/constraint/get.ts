import { ConstraintDocument } from '../../src/client/director.generated.ts';
import { constraintId } from '../../src/cli/objects/constraints.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { constraintCard } from '../../src/cli/views/formation-template.ts';

export default class ConstraintGet extends RemoteCommand<typeof ConstraintGet> {
  static override summary = 'Show one formation constraint.';
  static override examples = ['<%= config.bin %> <%= command.id %> OneShopOnly'];
  static override args = { constraint: needed('Name or id of the constraint.') };

  protected async execute() {
    const id = await constraintId(this.director, this.args.constraint);
    return constraintCard((await this.director.request(ConstraintDocument, { id })).constraint);
  }
}
