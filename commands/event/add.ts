import { Flags } from '@oclif/core';
import { AddEventToApplicationDocument, AddEventToBundleDocument, type EventDefinitionInput } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { inputFile, named, placeApp } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { bundleId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { EVENT_TYPES, FETCH_TIMEOUT, specFlags, specFrom } from '../../src/cli/input/spec-input.ts';
import { eventCard } from '../../src/cli/views/bundle.ts';

export default class EventAdd extends RemoteCommand<typeof EventAdd> {
  static override summary = 'Add an event definition to a bundle, or to an application outside of bundles.';
  static override examples = ['<%= config.bin %> <%= command.id %> --app shop --bundle orders --name order-events --spec asyncapi.yaml'];
  static override flags = named({
    app: placeApp,
    bundle: Flags.string({ char: 'b', summary: 'Bundle, by name (with --app) or id.', helpValue: 'NAME' }),
    name: Flags.string({ char: 'n', summary: 'Name of the event definition.', helpValue: 'NAME' }),
    description: Flags.string({ char: 'd', summary: 'What the events tell.', helpValue: 'TEXT' }),
    group: Flags.string({ summary: 'Group that it belongs to.', helpValue: 'NAME' }),
    'event-version': Flags.string({ summary: 'Its version.', helpValue: 'VERSION' }),
    ...specFlags('the specification (AsyncAPI)'),
    file: inputFile,
  });

  protected override get requestTimeout() {
    return this.flags['spec-url'] === undefined ? undefined : FETCH_TIMEOUT;
  }

  protected async execute() {
    const { flags } = this;
    const file = await this.fileInput();
    const spec = await specFrom(this.host, flags, EVENT_TYPES, (text) => this.output.note(text));
    const input = {
      ...file,
      ...given({
        name: flags.name ?? (file.name === undefined ? await this.wanted('name', 'Name of the event definition?') : undefined),
        description: flags.description,
        group: flags.group,
        version: flags['event-version'] === undefined ? undefined : { value: flags['event-version'] },
        spec,
      }),
    } as EventDefinitionInput;
    const { event } = await this.#add(input);
    return eventCard(event, `Added event definition ${event.name}.`);
  }

  async #add(input: EventDefinitionInput) {
    const { bundle, app } = this.flags;
    if (bundle !== undefined)
      return this.director.request(AddEventToBundleDocument, { bundle: await bundleId(this.director, bundle, app), in: input });
    if (app === undefined)
      throw new Failure('input_needed', 'Neither --bundle nor --app says where the event definition belongs.', {
        details: { flags: ['--bundle', '--app'] },
      });
    return this.director.request(AddEventToApplicationDocument, { application: await this.idOf('application', app), in: input });
  }
}
