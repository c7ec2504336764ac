import { BaseCommand } from '../../src/cli/frame/base-command.ts';
import { Contexts } from '../../src/cli/connection/contexts.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { card } from '../../src/cli/output/view.ts';

export default class ContextRemove extends BaseCommand<typeof ContextRemove> {
  static override summary = 'Remove a context and its token.';
  static override examples = ['<%= config.bin %> <%= command.id %> team'];
  static override args = { name: needed('Name of the context.') };

  protected async execute() {
    const { name } = this.args;
    new Contexts(this.host.env).remove(name);
    return card({ name }, { Context: name }, `Removed context ${name}.`);
  }
}
