import { UnregisterRuntimeDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class RuntimeUnregister extends RemoteCommand<typeof RuntimeUnregister> {
  static override summary = 'Unregister a runtime; what runs there goes on running.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod --yes'];
  static override args = { runtime: needed('Name or id of the runtime.') };
  static override flags = named({ yes });

  protected async execute() {
    const id = await this.idOf('runtime', this.args.runtime);
    await this.agree(`Unregister runtime ${this.args.runtime} and all that belongs to it?`);
    const { runtime } = await this.director.request(UnregisterRuntimeDocument, { id });
    return card(runtime, { Name: runtime.name, ID: runtime.id }, `Unregistered runtime ${runtime.name}.`);
  }
}
