import { FormationTemplateDocument } from '../../src/client/director.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { formationTemplateCard } from '../../src/cli/views/formation-template.ts';

export default class FormationTemplateGet extends RemoteCommand<typeof FormationTemplateGet> {
  static override summary = 'Show one formation template.';
  static override examples = ['<%= config.bin %> <%= command.id %> "Side-by-Side Extensibility with Kyma"'];
  static override args = { template: needed('Name or id of the template.') };

  protected async execute() {
    const id = await this.idOf('formationTemplate', this.args.template);
    const { template } = await this.director.request(FormationTemplateDocument, { id });
    if (template === null) throw missing('formationTemplate', this.args.template);
    return formationTemplateCard(template);
  }
}
