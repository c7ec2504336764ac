import { BaseCommand } from '../../src/cli/frame/base-command.ts';
import { Contexts } from '../../src/cli/connection/contexts.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { card } from '../../src/cli/output/view.ts';

export default class ContextUse extends BaseCommand<typeof ContextUse> {
  static override summary = 'Choose the context for the commands to come.';
  static override examples = ['<%= config.bin %> <%= command.id %> local'];
  static override args = { name: needed('Name of the context.') };

  protected async execute() {
    const { name } = this.args;
    new Contexts(this.host.env).use(name);
    return card({ name }, { Context: name }, `Commands now talk to ${name}.`);
  }
}
