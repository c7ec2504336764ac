import { Flags } from '@oclif/core';
import { type ApplicationRegisterInput, RegisterApplicationDocument } from '../../src/client/director.generated.ts';
import { inputFile, labels, named } from '../../src/cli/frame/flags.ts';
import { given, labelsFrom } from '../../src/cli/input/input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { applicationCard } from '../../src/cli/views/application.ts';

export default class AppRegister extends RemoteCommand<typeof AppRegister> {
  static override summary = 'Register an application.';
  static override description =
    'The application gets the status INITIAL; it is CONNECTED once it has paired with a token of `app token` and called the Director.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --name shop --description "The web shop"',
    '<%= config.bin %> <%= command.id %> --name shop --label region=eu --label tier=1 --output json',
    '<%= config.bin %> <%= command.id %> --file shop.yaml',
  ];
  static override flags = named({
    name: Flags.string({ char: 'n', summary: 'Name of the application.', helpValue: 'NAME' }),
    description: Flags.string({ char: 'd', summary: 'What it is.', helpValue: 'TEXT' }),
    'provider-name': Flags.string({ summary: 'Who provides it.', helpValue: 'NAME' }),
    label: labels,
    'base-url': Flags.string({ summary: 'Its address.', helpValue: 'URL' }),
    'health-check-url': Flags.string({ summary: 'Where its health is asked for.', helpValue: 'URL' }),
    'local-tenant-id': Flags.string({ summary: 'What it calls the tenant.', helpValue: 'ID' }),
    namespace: Flags.string({ summary: 'Its application namespace.', helpValue: 'NAME' }),
    'integration-system': Flags.string({ summary: 'Integration system that speaks for it, by name or id.', helpValue: 'NAME' }),
    file: inputFile,
  });

  protected async execute() {
    const { flags } = this;
    const file = await this.fileInput();
    const input = {
      ...file,
      ...given({
        name: flags.name ?? (file.name === undefined ? await this.wanted('name', 'Name of the application?') : undefined),
        description: flags.description,
        providerName: flags['provider-name'],
        labels: labelsFrom(flags.label),
        baseUrl: flags['base-url'],
        healthCheckURL: flags['health-check-url'],
        localTenantID: flags['local-tenant-id'],
        applicationNamespace: flags.namespace,
        integrationSystemID:
          flags['integration-system'] === undefined ? undefined : await this.idOf('integrationSystem', flags['integration-system']),
      }),
    } as ApplicationRegisterInput;
    const { application } = await this.director.request(RegisterApplicationDocument, { in: input });
    return applicationCard(application, `Registered application ${application.name}.`);
  }
}
