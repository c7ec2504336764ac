import { RuntimeDocument } from '../../src/client/director.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { runtimeCard } from '../../src/cli/views/runtime.ts';

export default class RuntimeGet extends RemoteCommand<typeof RuntimeGet> {
  static override summary = 'Show one runtime.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod', '<%= config.bin %> <%= command.id %> prod --output yaml'];
  static override args = { runtime: needed('Name or id of the runtime.') };

  protected async execute() {
    const id = await this.idOf('runtime', this.args.runtime);
    const { runtime } = await this.director.request(RuntimeDocument, { id });
    if (runtime === null) throw missing('runtime', this.args.runtime);
    return runtimeCard(runtime);
  }
}
