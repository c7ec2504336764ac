import { Flags } from '@oclif/core';
import { RegisterIntegrationSystemDocument } from '../../src/client/director.generated.ts';
import { named } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { integrationSystemCard } from '../../src/cli/views/integration-system.ts';

export default class IntegrationSystemRegister extends RemoteCommand<typeof IntegrationSystemRegister> {
  static override summary = 'Register an integration system.';
  static override examples = ['<%= config.bin %> <%= command.id %> --name broker --description "Speaks for the old shops"'];
  static override flags = named({
    name: Flags.string({ char: 'n', summary: 'Name of the integration system.', helpValue: 'NAME' }),
    description: Flags.string({ char: 'd', summary: 'What it does.', helpValue: 'TEXT' }),
  });

  protected async execute() {
    const name = await this.wanted('name', 'Name of the integration system?');
    const { system } = await this.director.request(RegisterIntegrationSystemDocument, {
      in: { name, description: this.flags.description },
    });
    return integrationSystemCard(system, `Registered integration system ${system.name}.`);
  }
}
