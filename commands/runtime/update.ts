import { Flags } from '@oclif/core';
import { RuntimeDocument, type RuntimeUpdateInput, UpdateRuntimeDocument } from '../../src/client/director.generated.ts';
import { inputFile, labels, named, needed } from '../../src/cli/frame/flags.ts';
import { given, labelsFrom } from '../../src/cli/input/input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { runtimeCard } from '../../src/cli/views/runtime.ts';

export default class RuntimeUpdate extends RemoteCommand<typeof RuntimeUpdate> {
  static override summary = 'Change a runtime.';
  static override description = 'What is not named keeps its value; --label adds to the labels that are there.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod --description "The one that counts"'];
  static override args = { runtime: needed('Name or id of the runtime.') };
  static override flags = named({
    name: Flags.string({ char: 'n', summary: 'New name.', helpValue: 'NAME' }),
    description: Flags.string({ char: 'd', summary: 'New description.', helpValue: 'TEXT' }),
    label: labels,
    file: inputFile,
  });

  protected async execute() {
    const { flags } = this;
    const id = await this.idOf('runtime', this.args.runtime);
    const { runtime: present } = await this.director.request(RuntimeDocument, { id });
    if (present === null) throw missing('runtime', this.args.runtime);
    // Formations are not labels that a runtime may be given here.
    const { scenarios: _, ...kept } = present.labels ?? {};
    const input: RuntimeUpdateInput = {
      name: present.name,
      description: present.description,
      applicationNamespace: present.applicationNamespace,
      labels: { ...kept, ...labelsFrom(flags.label) },
      ...(await this.fileInput()),
      ...given({ name: flags.name, description: flags.description }),
    };
    const { runtime } = await this.director.request(UpdateRuntimeDocument, { id, in: input });
    return runtimeCard(runtime, `Updated runtime ${runtime.name}.`);
  }
}
