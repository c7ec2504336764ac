import { DeleteEventDocument } from '../../src/client/director.generated.ts';
import { named, needed, ofApp, yes } from '../../src/cli/frame/flags.ts';
import { eventId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class EventDelete extends RemoteCommand<typeof EventDelete> {
  static override summary = 'Delete an event definition.';
  static override examples = ['<%= config.bin %> <%= command.id %> order-events --app shop --yes'];
  static override args = { event: needed('Name or id of the event definition.') };
  static override flags = named({ app: ofApp, yes });

  protected async execute() {
    const id = await eventId(this.director, this.args.event, await this.idOf('application', this.flags.app));
    await this.agree(`Delete event definition ${this.args.event}?`);
    const { event } = await this.director.request(DeleteEventDocument, { id });
    return card(event, { Name: event.name, ID: event.id }, `Deleted event definition ${event.name}.`);
  }
}
