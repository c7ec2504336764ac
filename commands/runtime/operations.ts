import { needed } from '../../src/cli/frame/flags.ts';
import { notProvisioned, RuntimeCommand } from '../../src/cli/runtime/command.ts';
import { table } from '../../src/cli/output/view.ts';

export default class RuntimeOperations extends RuntimeCommand<typeof RuntimeOperations> {
  static override summary = 'List what was done with a provisioned runtime, oldest first.';
  static override description = 'Other Compass installations do not keep this.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod', '<%= config.bin %> <%= command.id %> prod --output json'];
  static override args = { runtime: needed('Name or id of the runtime.') };

  protected async execute() {
    const operations = await this.details.operations(await this.idOf('runtime', this.args.runtime));
    if (operations === undefined) throw notProvisioned(this.args.runtime);
    return table(
      operations,
      [
        { title: 'OPERATION', of: ({ id }) => id },
        { title: 'KIND', of: ({ operation }) => operation },
        { title: 'STATE', of: ({ state }) => state },
        { title: 'STAGE', of: ({ stage }) => stage },
        { title: 'SINCE', of: ({ startedAt }) => startedAt },
        { title: 'UNTIL', of: ({ endedAt }) => endedAt },
        { title: 'MESSAGE', of: ({ message, lastError }) => lastError.errMessage || message },
      ],
      'Nothing was done with it.',
    );
  }
}
