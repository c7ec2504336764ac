import { Flags } from '@oclif/core';
import { CreateLabelDefinitionDocument } from '../../src/client/director.generated.ts';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { schemaText } from '../../src/cli/input/label-schema.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class LabelDefinitionCreate extends RemoteCommand<typeof LabelDefinitionCreate> {
  static override summary = 'Define the label scenarios: a formation is created for each name in its schema.';
  static override description =
    'There is no other label that can be defined. `compass label-definition get scenarios` shows the form of the schema.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> scenarios --schema @scenarios.schema.json',
    '<%= config.bin %> <%= command.id %> scenarios --schema - < scenarios.schema.json',
  ];
  static override args = { key: needed('Key of the label: scenarios.') };
  static override flags = named({ schema: Flags.string({ summary: 'JSON Schema of its values; @FILE reads it.', helpValue: 'JSON' }) });

  protected async execute() {
    const { key } = this.args;
    const { definition } = await this.director.request(CreateLabelDefinitionDocument, {
      in: { key, schema: await schemaText(this.host, this.flags.schema) },
    });
    return card(definition, { Key: definition.key, Schema: definition.schema }, `Defined label ${key}.`);
  }
}
