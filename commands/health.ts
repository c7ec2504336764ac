import { HealthChecksDocument } from '../src/client/director.generated.ts';
import { everyRow } from '../src/cli/paging.ts';
import { RemoteCommand } from '../src/cli/remote-command.ts';
import { table } from '../src/cli/view.ts';

export default class Health extends RemoteCommand<typeof Health> {
  static override summary = 'List the health checks of the applications.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  protected async execute() {
    const rows = await everyRow(async (bounds) => (await this.director.request(HealthChecksDocument, bounds)).page);
    return table(
      rows,
      [
        { title: 'TYPE', of: ({ type }) => type },
        { title: 'CONDITION', of: ({ condition }) => condition },
        { title: 'ORIGIN', of: ({ origin }) => origin },
        { title: 'TIME', of: ({ timestamp }) => timestamp },
        { title: 'MESSAGE', of: ({ message }) => message },
      ],
      'No health checks.',
    );
  }
}
