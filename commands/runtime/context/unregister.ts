import { UnregisterRuntimeContextDocument } from '../../../src/client/director.generated.ts';
import { named, needed, yes } from '../../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { card } from '../../../src/cli/output/view.ts';

export default class RuntimeContextUnregister extends RemoteCommand<typeof RuntimeContextUnregister> {
  static override summary = 'Unregister a context of a runtime.';
  static override examples = ['<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e --yes'];
  static override args = { context: needed('Id of the runtime context.') };
  static override flags = named({ yes });

  protected async execute() {
    await this.agree(`Unregister runtime context ${this.args.context}?`);
    const { context } = await this.director.request(UnregisterRuntimeContextDocument, { id: this.args.context });
    return card(context, { Key: context.key, Value: context.value, ID: context.id }, 'Unregistered runtime context.');
  }
}
