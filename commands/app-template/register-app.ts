import { Flags } from '@oclif/core';
import { RegisterApplicationFromTemplateDocument } from '../../src/client/director.generated.ts';
import { labels, named, needed } from '../../src/cli/flags.ts';
import { given, keyAndValue, labelsFrom } from '../../src/cli/input.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { isId } from '../../src/cli/resolve.ts';
import { applicationCard } from '../../src/cli/views/application.ts';

export default class AppTemplateRegisterApp extends RemoteCommand<typeof AppTemplateRegisterApp> {
  static override summary = 'Register an application from a template.';
  static override examples = ['<%= config.bin %> <%= command.id %> Commerce --value name=shop --value display-name="The Shop"'];
  static override args = { template: needed('Name or id of the template.') };
  static override flags = named({
    value: Flags.string({ summary: 'Value of a placeholder. May be given several times.', helpValue: 'PLACEHOLDER=VALUE', multiple: true }),
    label: labels,
  });

  protected async execute() {
    const { template } = this.args;
    const values = (this.flags.value ?? []).map(keyAndValue).map(([placeholder, value]) => ({ placeholder, value }));
    const name = isId(template) ? { id: template, templateName: '' } : { templateName: template };
    const { application } = await this.director.request(RegisterApplicationFromTemplateDocument, {
      in: { ...name, values, ...given({ labels: labelsFrom(this.flags.label) }) },
    });
    return applicationCard(application, `Registered application ${application.name}.`);
  }
}
