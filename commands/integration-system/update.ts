import { Flags } from '@oclif/core';
import { IntegrationSystemDocument, UpdateIntegrationSystemDocument } from '../../src/client/director.generated.ts';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { integrationSystemCard } from '../../src/cli/views/integration-system.ts';

export default class IntegrationSystemUpdate extends RemoteCommand<typeof IntegrationSystemUpdate> {
  static override summary = 'Change an integration system; what is not named keeps its value.';
  static override examples = ['<%= config.bin %> <%= command.id %> broker --description "Speaks for all shops"'];
  static override args = { system: needed('Name or id of the integration system.') };
  static override flags = named({
    name: Flags.string({ char: 'n', summary: 'New name.', helpValue: 'NAME' }),
    description: Flags.string({ char: 'd', summary: 'New description.', helpValue: 'TEXT' }),
  });

  protected async execute() {
    const id = await this.idOf('integrationSystem', this.args.system);
    const { system: present } = await this.director.request(IntegrationSystemDocument, { id });
    if (present === null) throw missing('integrationSystem', this.args.system);
    const input = { name: this.flags.name ?? present.name, description: this.flags.description ?? present.description };
    const { system } = await this.director.request(UpdateIntegrationSystemDocument, { id, in: input });
    return integrationSystemCard(system, `Updated integration system ${system.name}.`);
  }
}
