import { Flags } from '@oclif/core';
import { type ApplicationTemplateInput, CreateApplicationTemplateDocument } from '../../src/client/director.generated.ts';
import { named, neededFile } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { applicationTemplateCard } from '../../src/cli/views/application-template.ts';

export default class AppTemplateCreate extends RemoteCommand<typeof AppTemplateCreate> {
  static override summary = 'Create an application template from a file.';
  static override description =
    'The file holds an ApplicationTemplateInput: name, applicationInput with {{placeholders}}, and the placeholders themselves.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --file commerce.yaml',
    '<%= config.bin %> <%= command.id %> --file commerce.yaml --name "Commerce (EU)"',
  ];
  static override flags = named({
    file: neededFile,
    name: Flags.string({ char: 'n', summary: 'Name in place of that in the file.', helpValue: 'NAME' }),
    description: Flags.string({ char: 'd', summary: 'Description in place of that in the file.', helpValue: 'TEXT' }),
  });

  protected async execute() {
    const { name, description } = this.flags;
    const input = { accessLevel: 'GLOBAL', ...(await this.fileInput()), ...given({ name, description }) } as ApplicationTemplateInput;
    const { template } = await this.director.request(CreateApplicationTemplateDocument, { in: input });
    return applicationTemplateCard(template, `Created application template ${template.name}.`);
  }
}
