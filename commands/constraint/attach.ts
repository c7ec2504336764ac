import { AttachConstraintDocument } from '../../src/client/director.generated.ts';
import { constraintId } from '../../src/cli/objects/constraints.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class ConstraintAttach extends RemoteCommand<typeof ConstraintAttach> {
  static override summary = 'Bind a constraint to a formation template.';
  static override examples = ['<%= config.bin %> <%= command.id %> OneShopOnly Shops'];
  static override args = { constraint: needed('Name or id of the constraint.'), template: needed('Name or id of the formation template.') };

  protected async execute() {
    const constraint = await constraintId(this.director, this.args.constraint);
    const template = await this.idOf('formationTemplate', this.args.template);
    const { reference } = await this.director.request(AttachConstraintDocument, { constraint, template });
    return card(reference, { Constraint: reference.constraintID, 'Formation template': reference.formationTemplateID }, 'Bound.');
  }
}
