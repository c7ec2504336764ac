import { Flags } from '@oclif/core';
import {
  type EventDefinitionInput,
  EventDocument,
  UpdateEventDocument,
  UpdateEventForApplicationDocument,
} from '../../src/client/director.generated.ts';
import { inBundleOrNot, kept } from '../../src/cli/input/definition-update.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { inputFile, named, needed, ofApp } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { eventId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { EVENT_TYPES, FETCH_TIMEOUT, specFlags, specFrom } from '../../src/cli/input/spec-input.ts';
import { eventCard } from '../../src/cli/views/bundle.ts';

export default class EventUpdate extends RemoteCommand<typeof EventUpdate> {
  static override summary = 'Change an event definition; what is not named keeps its value.';
  static override examples = ['<%= config.bin %> <%= command.id %> order-events --app shop --spec asyncapi.yaml'];
  static override args = { event: needed('Name or id of the event definition.') };
  static override flags = named({
    app: ofApp,
    name: Flags.string({ char: 'n', summary: 'New name.', helpValue: 'NAME' }),
    description: Flags.string({ char: 'd', summary: 'New description.', helpValue: 'TEXT' }),
    group: Flags.string({ summary: 'New group.', helpValue: 'NAME' }),
    'event-version': Flags.string({ summary: 'New version.', helpValue: 'VERSION' }),
    ...specFlags('the new specification'),
    file: inputFile,
  });

  protected override get requestTimeout() {
    return this.flags['spec-url'] === undefined ? undefined : FETCH_TIMEOUT;
  }

  protected async execute() {
    const { flags } = this;
    const asked = this.args.event;
    const application = await this.idOf('application', flags.app);
    const id = await eventId(this.director, asked, application);
    const present = (await this.director.request(EventDocument, { application, id })).application?.event;
    if (!present) throw new Failure('not_found', `There is no event definition ${JSON.stringify(asked)}.`);
    const spec = await specFrom(this.host, flags, EVENT_TYPES, (text) => this.output.note(text));
    const version = flags['event-version'];
    const input = {
      ...kept(present),
      ...(await this.fileInput()),
      ...given({
        name: flags.name,
        description: flags.description,
        group: flags.group,
        version: version === undefined ? undefined : { ...present.version, value: version },
        spec,
      }),
    } as EventDefinitionInput;
    const { event } = await inBundleOrNot(
      () => this.director.request(UpdateEventDocument, { id, in: input }),
      () => this.director.request(UpdateEventForApplicationDocument, { id, in: input }),
    );
    return eventCard(event, `Updated event definition ${event.name}.`);
  }
}
