import { RegisterRuntimeContextDocument } from '../../../src/client/director.generated.ts';
import { needed } from '../../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { card } from '../../../src/cli/output/view.ts';

export default class RuntimeContextRegister extends RemoteCommand<typeof RuntimeContextRegister> {
  static override summary = 'Register a context of a runtime: a tenant that it serves.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod tenant acme'];
  static override args = {
    runtime: needed('Name or id of the runtime.'),
    key: needed('What the context is told by, such as `tenant`.'),
    value: needed('Which one it is, such as the id of that tenant.'),
  };

  protected async execute() {
    const { key, value } = this.args;
    const runtime = await this.idOf('runtime', this.args.runtime);
    const { context } = await this.director.request(RegisterRuntimeContextDocument, { runtime, in: { key, value } });
    return card(context, { Key: context.key, Value: context.value, ID: context.id }, 'Registered runtime context.');
  }
}
