import { BaseCommand } from '../../src/cli/frame/base-command.ts';
import { Contexts } from '../../src/cli/connection/contexts.ts';
import { table } from '../../src/cli/output/view.ts';

export default class ContextList extends BaseCommand<typeof ContextList> {
  static override summary = 'List the contexts.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  protected async execute() {
    const contexts = new Contexts(this.host.env);
    const current = contexts.current();
    const rows = Object.entries(contexts.all()).map(([name, context]) => ({ name, current: name === current, ...context }));
    return table(
      rows,
      [
        { title: '', of: (row) => (row.current ? '*' : '') },
        { title: 'NAME', of: ({ name }) => name },
        { title: 'DIRECTOR', of: ({ director }) => director },
        { title: 'TENANT', of: ({ tenant }) => tenant },
      ],
      'No contexts. `compass serve --local` makes one, `compass context add` another.',
    );
  }
}
