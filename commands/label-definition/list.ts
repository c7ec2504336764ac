import { LabelDefinitionsDocument } from '../../src/client/director.generated.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';

export default class LabelDefinitionList extends RemoteCommand<typeof LabelDefinitionList> {
  static override summary = 'List the label definitions of the tenant.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  protected async execute() {
    const { definitions } = await this.director.request(LabelDefinitionsDocument);
    const columns = [
      { title: 'KEY', of: ({ key }: { key: string }) => key },
      { title: 'SCHEMA', of: ({ schema }: { schema?: string | null }) => schema },
    ];
    return table(definitions, columns, 'No label definitions. `compass label-definition create` makes one.');
  }
}
