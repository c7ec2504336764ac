import { Flags } from '@oclif/core';
import { MergeApplicationsDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { applicationCard } from '../../src/cli/views/application.ts';

export default class AppMerge extends RemoteCommand<typeof AppMerge> {
  static override summary = 'Merge an application into another of the same template; the first one is gone afterwards.';
  static override examples = ['<%= config.bin %> <%= command.id %> shop-copy --into shop --yes'];
  static override args = { application: needed('Name or id of the application that is given up.') };
  static override flags = named({
    into: Flags.string({ summary: 'Application that stays, by name or id.', helpValue: 'NAME', required: true }),
    yes,
  });

  protected async execute() {
    const source = await this.idOf('application', this.args.application);
    const destination = await this.idOf('application', this.flags.into);
    await this.agree(`Merge ${this.args.application} into ${this.flags.into}, and unregister it?`);
    const { application } = await this.director.request(MergeApplicationsDocument, { source, destination });
    return applicationCard(application, `Merged ${this.args.application} into ${application.name}.`);
  }
}
