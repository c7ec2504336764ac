import { needed } from '../../src/cli/flags.ts';
import { eventsOf } from '../../src/cli/parts.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { table } from '../../src/cli/view.ts';
import { eventColumns } from '../../src/cli/views/bundle.ts';

export default class EventList extends RemoteCommand<typeof EventList> {
  static override summary = 'List the event definitions of an application.';
  static override examples = ['<%= config.bin %> <%= command.id %> shop'];
  static override args = { application: needed('Name or id of the application.') };

  protected async execute() {
    const rows = await eventsOf(this.director, await this.idOf('application', this.args.application));
    return table(rows, eventColumns, 'No event definitions.');
  }
}
