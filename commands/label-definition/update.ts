import { Flags } from '@oclif/core';
import { UpdateLabelDefinitionDocument } from '../../src/client/director.generated.ts';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { schemaText } from '../../src/cli/input/label-schema.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class LabelDefinitionUpdate extends RemoteCommand<typeof LabelDefinitionUpdate> {
  static override summary = 'Change the names of formations: new ones are created, missing ones deleted.';
  static override examples = ['<%= config.bin %> <%= command.id %> scenarios --schema @scenarios.schema.json'];
  static override args = { key: needed('Key of the label: scenarios.') };
  static override flags = named({
    schema: Flags.string({ summary: 'JSON Schema of its values; @FILE reads it.', helpValue: 'JSON', required: true }),
  });

  protected async execute() {
    const { key } = this.args;
    const { definition } = await this.director.request(UpdateLabelDefinitionDocument, {
      in: { key, schema: await schemaText(this.host, this.flags.schema) },
    });
    return card(definition, { Key: definition.key, Schema: definition.schema }, `Changed label ${key}.`);
  }
}
