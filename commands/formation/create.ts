import { Flags } from '@oclif/core';
import { CreateFormationDocument } from '../../src/client/director.generated.ts';
import { named, needed } from '../../src/cli/flags.ts';
import { given } from '../../src/cli/input.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { formationCard } from '../../src/cli/views/formation.ts';

export default class FormationCreate extends RemoteCommand<typeof FormationCreate> {
  static override summary = 'Create a formation.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> orders',
    '<%= config.bin %> <%= command.id %> orders --template "Side-by-Side Extensibility with Kyma"',
    '<%= config.bin %> <%= command.id %> orders --draft',
  ];
  static override args = { name: needed('Name of the formation.') };
  static override flags = named({
    template: Flags.string({ summary: 'Name of the formation template.', helpValue: 'NAME' }),
    draft: Flags.boolean({ summary: 'Send no notification until the formation is finalized.' }),
  });

  protected async execute() {
    const { template, draft } = this.flags;
    const input = { name: this.args.name, ...given({ templateName: template, state: draft ? 'DRAFT' : undefined }) };
    const { formation } = await this.director.request(CreateFormationDocument, { in: input });
    return formationCard(formation, `Created formation ${formation.name}.`);
  }
}
