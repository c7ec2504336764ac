import { BaseCommand } from '../../src/cli/frame/base-command.ts';
import { Contexts } from '../../src/cli/connection/contexts.ts';
import { isRunning } from '../../src/cli/connection/running.ts';
import { table } from '../../src/cli/output/view.ts';
import { shownRunning } from '../../src/cli/views/context.ts';

export default class ContextList extends BaseCommand<typeof ContextList> {
  static override summary = 'List the contexts, and which planes of this machine run.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  protected async execute() {
    const contexts = new Contexts(this.host.env);
    const current = contexts.current();
    const rows = await Promise.all(
      Object.entries(contexts.all()).map(async ([name, context]) => ({
        name,
        current: name === current,
        ...context,
        running: await isRunning(context),
      })),
    );
    return table(
      rows,
      [
        { title: '', of: (row) => (row.current ? '*' : '') },
        { title: 'NAME', of: ({ name }) => name },
        { title: 'PLANE', of: ({ running }) => shownRunning(running) },
        { title: 'DIRECTOR', of: ({ director }) => director },
        { title: 'TENANT', of: ({ tenant }) => tenant },
      ],
      'No contexts. `compass serve --local` makes one, `compass context add` another.',
    );
  }
}
