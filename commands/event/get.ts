import { EventDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure.ts';
import { named, needed, ofApp } from '../../src/cli/flags.ts';
import { eventId } from '../../src/cli/parts.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { eventCard } from '../../src/cli/views/bundle.ts';

export default class EventGet extends RemoteCommand<typeof EventGet> {
  static override summary = 'Show one event definition of an application.';
  static override examples = ['<%= config.bin %> <%= command.id %> order-events --app shop'];
  static override args = { event: needed('Name or id of the event definition.') };
  static override flags = named({ app: ofApp });

  protected async execute() {
    const application = await this.idOf('application', this.flags.app);
    const id = await eventId(this.director, this.args.event, application);
    const event = (await this.director.request(EventDocument, { application, id })).application?.event;
    if (event === null || event === undefined)
      throw new Failure('not_found', `There is no event definition ${JSON.stringify(this.args.event)}.`);
    return eventCard(event);
  }
}
