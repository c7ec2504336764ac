import { LabelDefinitionDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class LabelDefinitionGet extends RemoteCommand<typeof LabelDefinitionGet> {
  static override summary = 'Show the definition of a label.';
  static override examples = ['<%= config.bin %> <%= command.id %> scenarios'];
  static override args = { key: needed('Key of the label.') };

  protected async execute() {
    const { key } = this.args;
    const { definition } = await this.director.request(LabelDefinitionDocument, { key });
    if (definition === null)
      throw new Failure('not_found', `Label ${JSON.stringify(key)} is not defined.`, { hint: 'See `compass label-definition list`.' });
    return card(definition, { Key: definition.key, Schema: definition.schema });
  }
}
