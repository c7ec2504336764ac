import {
  FormationTemplateDocument,
  type FormationTemplateUpdateInput,
  UpdateFormationTemplateDocument,
} from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed, neededFile } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { formationTemplateCard } from '../../src/cli/views/formation-template.ts';

export default class FormationTemplateUpdate extends RemoteCommand<typeof FormationTemplateUpdate> {
  static override summary = 'Change a formation template by what a file holds; the rest keeps its value.';
  static override examples = ['<%= config.bin %> <%= command.id %> Shops --file shops.yaml'];
  static override args = { template: needed('Name or id of the template.') };
  static override flags = named({ file: neededFile });

  protected async execute() {
    const id = await this.idOf('formationTemplate', this.args.template);
    const { template: present } = await this.director.request(FormationTemplateDocument, { id });
    if (present === null) throw missing('formationTemplate', this.args.template);
    const {
      name,
      applicationTypes,
      runtimeTypes,
      runtimeTypeDisplayName,
      runtimeArtifactKind,
      leadingProductIDs,
      supportsReset,
      discoveryConsumers,
    } = present;
    const kept: FormationTemplateUpdateInput = {
      name,
      applicationTypes,
      runtimeTypes,
      runtimeTypeDisplayName,
      runtimeArtifactKind,
      leadingProductIDs,
      supportsReset,
      discoveryConsumers,
    };
    const { template } = await this.director.request(UpdateFormationTemplateDocument, { id, in: { ...kept, ...(await this.fileInput()) } });
    if (template === null) throw new Failure('failed', 'The Director answered without the template.');
    return formationTemplateCard(template, `Updated formation template ${template.name}.`);
  }
}
