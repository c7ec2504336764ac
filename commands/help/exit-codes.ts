import { BaseCommand } from '../../src/cli/frame/base-command.ts';
import { EXIT, MEANINGS } from '../../src/cli/failure/exit-codes.ts';
import { KINDS } from '../../src/cli/failure/failure.ts';
import { table } from '../../src/cli/output/view.ts';

export default class HelpExitCodes extends BaseCommand<typeof HelpExitCodes> {
  static override summary = 'Tell what the exit codes mean.';
  static override description = '--json adds the codes of the errors that end with each: those of {"error": {"code"}}.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];

  protected async execute() {
    const rows = Object.entries(EXIT).map(([name, code]) => ({
      code,
      meaning: MEANINGS[name as keyof typeof EXIT],
      errors: Object.entries(KINDS).flatMap(([error, { exit }]) => (exit === code ? [error] : [])),
    }));
    const columns = [
      { title: 'CODE', of: ({ code }: (typeof rows)[number]) => code },
      { title: 'MEANS', of: ({ meaning }: (typeof rows)[number]) => meaning },
    ];
    return table(rows, columns, 'There are none.');
  }
}
