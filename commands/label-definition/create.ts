import { Flags } from '@oclif/core';
import { CreateLabelDefinitionDocument } from '../../src/client/director.generated.ts';
import { named, needed } from '../../src/cli/flags.ts';
import { schemaText } from '../../src/cli/label-schema.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { card } from '../../src/cli/view.ts';

export default class LabelDefinitionCreate extends RemoteCommand<typeof LabelDefinitionCreate> {
  static override summary = 'Define a label: its values must then fit the schema.';
  static override examples = [
    `<%= config.bin %> <%= command.id %> tier --schema '{"type":"integer","minimum":1}'`,
    '<%= config.bin %> <%= command.id %> tier --schema @tier.schema.json',
  ];
  static override args = { key: needed('Key of the label.') };
  static override flags = named({ schema: Flags.string({ summary: 'JSON Schema of its values; @FILE reads it.', helpValue: 'JSON' }) });

  protected async execute() {
    const { key } = this.args;
    const { definition } = await this.director.request(CreateLabelDefinitionDocument, {
      in: { key, schema: await schemaText(this.host, this.flags.schema) },
    });
    return card(definition, { Key: definition.key, Schema: definition.schema }, `Defined label ${key}.`);
  }
}
