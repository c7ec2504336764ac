import { Flags } from '@oclif/core';
import { BaseCommand } from '../../src/cli/frame/base-command.ts';
import { Contexts } from '../../src/cli/connection/contexts.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, optional } from '../../src/cli/frame/flags.ts';
import { isRunning } from '../../src/cli/connection/running.ts';
import { card } from '../../src/cli/output/view.ts';
import { shownRunning } from '../../src/cli/views/context.ts';

export default class ContextShow extends BaseCommand<typeof ContextShow> {
  static override summary = 'Show a context; the current one unless named.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> local --show-secrets'];
  static override args = { name: optional('Name of the context.') };
  static override flags = named({ 'show-secrets': Flags.boolean({ summary: 'Show the token itself.' }) });

  protected async execute() {
    const contexts = new Contexts(this.host.env);
    const name = this.args.name ?? contexts.current();
    if (name === undefined) throw new Failure('no_context', 'No management plane is known.');
    const context = contexts.get(name);
    const secret = contexts.token(name);
    const token = secret === undefined ? null : this.flags['show-secrets'] ? secret : '********';
    const running = await isRunning(context);
    return card(
      { name, current: contexts.current() === name, ...context, token, running },
      {
        Context: name,
        ...(context.plane && { Plane: shownRunning(running), State: context.plane.state ?? 'in memory' }),
        Director: context.director,
        Connector: context.connector,
        Provisioner: context.provisioner,
        Tenant: context.tenant,
        Token: token,
        'CA file': context.caFile,
        Certificate: context.certFile,
      },
    );
  }
}
