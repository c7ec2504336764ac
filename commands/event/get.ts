import { Flags } from '@oclif/core';
import { EventDocument, EventSpecDocument, RefetchEventSpecDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed, ofApp } from '../../src/cli/frame/flags.ts';
import { eventId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { eventCard } from '../../src/cli/views/bundle.ts';
import { specText } from '../../src/cli/views/spec.ts';

export default class EventGet extends RemoteCommand<typeof EventGet> {
  static override summary = 'Show one event definition of an application, or its specification.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> order-events --app shop',
    '<%= config.bin %> <%= command.id %> order-events --app shop --spec > asyncapi.yaml',
  ];
  static override args = { event: needed('Name or id of the event definition.') };
  static override flags = named({
    app: ofApp,
    spec: Flags.boolean({ summary: 'Print the specification alone, byte for byte.' }),
    refetch: Flags.boolean({ summary: 'Have the specification fetched again first.' }),
  });

  protected async execute() {
    const asked = this.args.event;
    const application = await this.idOf('application', this.flags.app);
    const id = await eventId(this.director, asked, application);
    if (this.flags.refetch) await this.director.request(RefetchEventSpecDocument, { id });
    const one = { application, id };
    if (this.flags.spec) return specText((await this.director.request(EventSpecDocument, one)).application?.event?.spec, asked);
    const event = (await this.director.request(EventDocument, one)).application?.event;
    if (!event) throw new Failure('not_found', `There is no event definition ${JSON.stringify(asked)}.`);
    return eventCard(event);
  }
}
