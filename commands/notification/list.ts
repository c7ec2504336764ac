import { Flags } from '@oclif/core';
import { Notifications } from '../../src/client/notifications.ts';
import { LIST_FLAGS, named } from '../../src/cli/frame/flags.ts';
import { participantNames } from '../../src/cli/formation/names.ts';
import { given } from '../../src/cli/input/input.ts';
import { asking, restOf } from '../../src/cli/formation/notifications.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { deliveryColumns } from '../../src/cli/views/notification.ts';

export default class NotificationList extends RemoteCommand<typeof NotificationList> {
  static override summary = 'List what participants of formations were told and what they reported, the newest first.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --formation orders',
    '<%= config.bin %> <%= command.id %> --failed --limit 10',
    '<%= config.bin %> <%= command.id %> --formation orders --output ndjson',
  ];
  static override flags = named({
    formation: Flags.string({ char: 'f', summary: 'Only of this formation, by name or id; it may be gone.', helpValue: 'NAME' }),
    assignment: Flags.string({ summary: 'Only of this formation assignment, by id.', helpValue: 'ID' }),
    failed: Flags.boolean({ summary: 'Only those that failed, were refused or answered with an error.' }),
    ...LIST_FLAGS,
    limit: Flags.integer({ char: 'n', summary: 'Show at most so many.', helpValue: 'N', min: 1, default: 50 }),
  });

  protected async execute() {
    const { formation, assignment, failed, limit } = this.flags;
    const notifications = new Notifications(restOf(this.session));
    const rows = await asking(() =>
      everyRow(
        ({ first, after }) => notifications.list({ first, ...given({ formation, assignment, after, failed: failed || undefined }) }),
        limit,
      ),
    );
    const names = this.output.machine ? new Map<string, string>() : await participantNames(this.director, rows);
    return table(rows, deliveryColumns(names), 'Nobody was told anything.');
  }
}
