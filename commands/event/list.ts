import { named, ofApp } from '../../src/cli/frame/flags.ts';
import { eventsOf } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { eventColumns } from '../../src/cli/views/bundle.ts';

export default class EventList extends RemoteCommand<typeof EventList> {
  static override summary = 'List the event definitions of an application.';
  static override examples = ['<%= config.bin %> <%= command.id %> --app shop'];
  static override flags = named({ app: ofApp });

  protected async execute() {
    const rows = await eventsOf(this.director, await this.idOf('application', this.flags.app));
    return table(rows, eventColumns, 'No event definitions. `compass event add` adds one.');
  }
}
