import { Flags } from '@oclif/core';
import { ConstraintsDocument, ConstraintsOfTemplateDocument } from '../../src/client/director.generated.ts';
import { named } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { constraintColumns } from '../../src/cli/views/formation-template.ts';

export default class ConstraintList extends RemoteCommand<typeof ConstraintList> {
  static override summary = 'List the formation constraints.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --formation-template Shops'];
  static override flags = named({
    'formation-template': Flags.string({ summary: 'Only those that bind this template, by name or id.', helpValue: 'NAME' }),
  });

  protected async execute() {
    const { 'formation-template': asked } = this.flags;
    const { constraints } =
      asked === undefined
        ? await this.director.request(ConstraintsDocument)
        : await this.director.request(ConstraintsOfTemplateDocument, { template: await this.idOf('formationTemplate', asked) });
    return table(constraints, constraintColumns, 'No constraints. `compass constraint create` makes one.');
  }
}
