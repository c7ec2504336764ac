import { Flags } from '@oclif/core';
import { ApplicationDocument, type ApplicationUpdateInput, UpdateApplicationDocument } from '../../src/client/director.generated.ts';
import { inputFile, named, needed } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { applicationCard } from '../../src/cli/views/application.ts';

export default class AppUpdate extends RemoteCommand<typeof AppUpdate> {
  static override summary = 'Change an application.';
  static override description = 'What is not named keeps its value. The name of an application never changes.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> shop --description "The new web shop"',
    '<%= config.bin %> <%= command.id %> shop --provider-name "ACME" --base-url https://shop.example.com',
  ];
  static override args = { application: needed('Name or id of the application.') };
  static override flags = named({
    description: Flags.string({ char: 'd', summary: 'What it is.', helpValue: 'TEXT' }),
    'provider-name': Flags.string({ summary: 'Who provides it.', helpValue: 'NAME' }),
    'base-url': Flags.string({ summary: 'Its address.', helpValue: 'URL' }),
    'health-check-url': Flags.string({ summary: 'Where its health is asked for.', helpValue: 'URL' }),
    'local-tenant-id': Flags.string({ summary: 'What it calls the tenant.', helpValue: 'ID' }),
    namespace: Flags.string({ summary: 'Its application namespace.', helpValue: 'NAME' }),
    file: inputFile,
  });

  protected async execute() {
    const { flags } = this;
    const id = await this.idOf('application', this.args.application);
    const { application: present } = await this.director.request(ApplicationDocument, { id });
    if (present === null) throw missing('application', this.args.application);
    // The API takes the whole: what is left out would be emptied.
    const { providerName, description, healthCheckURL, baseUrl, applicationNamespace, integrationSystemID, localTenantID } = present;
    const input: ApplicationUpdateInput = {
      providerName,
      description,
      healthCheckURL,
      baseUrl,
      applicationNamespace,
      integrationSystemID,
      localTenantID,
      ...(await this.fileInput()),
      ...given({
        description: flags.description,
        providerName: flags['provider-name'],
        baseUrl: flags['base-url'],
        healthCheckURL: flags['health-check-url'],
        localTenantID: flags['local-tenant-id'],
        applicationNamespace: flags.namespace,
      }),
    };
    const { application } = await this.director.request(UpdateApplicationDocument, { id, in: input });
    return applicationCard(application, `Updated application ${application.name}.`);
  }
}
