import { Flags } from '@oclif/core';
import { ConstraintDocument, UpdateConstraintDocument } from '../../src/client/director.generated.ts';
import { constraintId } from '../../src/cli/objects/constraints.ts';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { literalOrFile } from '../../src/cli/input/input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { constraintCard } from '../../src/cli/views/formation-template.ts';

export default class ConstraintUpdate extends RemoteCommand<typeof ConstraintUpdate> {
  static override summary = 'Change a formation constraint; what is not named keeps its value.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> OneShopOnly --priority 10',
    '<%= config.bin %> <%= command.id %> OneShopOnly --input @input.tmpl',
  ];
  static override args = { constraint: needed('Name or id of the constraint.') };
  static override flags = named({
    input: Flags.string({ summary: 'Template of what the operator gets; @FILE reads it.', helpValue: 'TEMPLATE' }),
    priority: Flags.integer({ summary: 'Higher ones come first.', helpValue: 'N' }),
    description: Flags.string({ char: 'd', summary: 'What it is for.', helpValue: 'TEXT' }),
  });

  protected async execute() {
    const { flags } = this;
    const id = await constraintId(this.director, this.args.constraint);
    const { constraint: present } = await this.director.request(ConstraintDocument, { id });
    const input = {
      inputTemplate: flags.input === undefined ? present.inputTemplate : await literalOrFile(this.host, flags.input),
      priority: flags.priority ?? present.priority,
      description: flags.description ?? present.description,
    };
    const { constraint } = await this.director.request(UpdateConstraintDocument, { id, in: input });
    return constraintCard(constraint, `Updated constraint ${constraint.name}.`);
  }
}
