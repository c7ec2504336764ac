import { Flags } from '@oclif/core';
import {
  type ApplicationFromTemplateInput,
  ApplicationTemplateDocument,
  RegisterApplicationFromTemplateDocument,
} from '../../src/client/director.generated.ts';
import { labels, named, needed } from '../../src/cli/frame/flags.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { given, keyAndValue, labelsFrom, literalOrFile } from '../../src/cli/input/input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { isId, missing } from '../../src/cli/objects/resolve.ts';
import { applicationCard } from '../../src/cli/views/application.ts';

/** A registration has to have one, also of a template without placeholders. */
const SUPERFLUOUS = { placeholder: 'none', value: '' };

export default class AppTemplateRegisterApp extends RemoteCommand<typeof AppTemplateRegisterApp> {
  static override summary = 'Register an application from a template.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> Commerce --value name=shop --value display-name="The Shop"',
    '<%= config.bin %> <%= command.id %> Commerce --payload @shop.json',
  ];
  static override args = { template: needed('Name or id of the template.') };
  static override flags = named({
    value: Flags.string({ summary: 'Value of a placeholder. May be given several times.', helpValue: 'PLACEHOLDER=VALUE', multiple: true }),
    payload: Flags.string({
      summary: 'JSON in which the placeholders find their values by their paths; @FILE reads it.',
      helpValue: 'JSON',
      exclusive: ['value'],
    }),
    label: labels,
  });

  protected async execute() {
    const { application } = await this.director.request(RegisterApplicationFromTemplateDocument, {
      in: { ...(await this.#template()), ...(await this.#values()), ...given({ labels: labelsFrom(this.flags.label) }) },
    });
    return applicationCard(application, `Registered application ${application.name}.`);
  }

  /** A name alone tells which template; an id needs the name as well. */
  async #template(): Promise<Pick<ApplicationFromTemplateInput, 'id' | 'templateName'>> {
    const asked = this.args.template;
    if (!isId(asked)) return { templateName: asked };
    const { template } = await this.director.request(ApplicationTemplateDocument, { id: asked });
    if (!template) throw missing('applicationTemplate', asked);
    return { id: asked, templateName: template.name };
  }

  async #values(): Promise<Pick<ApplicationFromTemplateInput, 'values' | 'placeholdersPayload'>> {
    const { payload, value = [] } = this.flags;
    if (payload === undefined) {
      const values = value.map(keyAndValue).map(([placeholder, text]) => ({ placeholder, value: text }));
      return { values: values.length > 0 ? values : [SUPERFLUOUS] };
    }
    const placeholdersPayload = await literalOrFile(this.host, payload);
    if (placeholdersPayload.trim() === '') throw new Failure('usage', '--payload is empty: it must hold JSON.');
    return { placeholdersPayload };
  }
}
