import { Flags } from '@oclif/core';
import { CreateFormationDocument } from '../../src/client/director.generated.ts';
import { named } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { formationCard } from '../../src/cli/views/formation.ts';

export default class FormationCreate extends RemoteCommand<typeof FormationCreate> {
  static override summary = 'Create a formation.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --name orders',
    '<%= config.bin %> <%= command.id %> --name orders --template "Side-by-Side Extensibility with Kyma"',
    '<%= config.bin %> <%= command.id %> --name orders --draft',
  ];
  static override flags = named({
    name: Flags.string({ char: 'n', summary: 'Name of the formation.', helpValue: 'NAME' }),
    template: Flags.string({ summary: 'Name of the formation template.', helpValue: 'NAME' }),
    draft: Flags.boolean({ summary: 'Send no notification until the formation is finalized.' }),
  });

  protected async execute() {
    const { template, draft } = this.flags;
    const input = {
      name: await this.wanted('name', 'Name of the formation?'),
      ...given({ templateName: template, state: draft ? 'DRAFT' : undefined }),
    };
    const { formation } = await this.director.request(CreateFormationDocument, { in: input });
    return formationCard(formation, `Created formation ${formation.name}.`);
  }
}
