import { Notifications } from '../../src/client/notifications.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { participantNames } from '../../src/cli/formation/names.ts';
import { asking, restOf } from '../../src/cli/formation/notifications.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { deliveryColumns, outcomeOf } from '../../src/cli/views/notification.ts';

export default class NotificationResend extends RemoteCommand<typeof NotificationResend> {
  static override summary = 'Tell again what one delivery was about, with what holds now.';
  static override description =
    'Works like a resynchronization of that one assignment (or of the formation, where its product was told): only what is not READY is told again.';
  static override examples = ['<%= config.bin %> <%= command.id %> 5b0cd2a1-8f4e-4a53-9f0e-0c6f3f2f6a11'];
  static override args = { notification: needed('Id of the delivery, from `compass notification list`.') };

  protected async execute() {
    const { data, error } = await asking(() => new Notifications(restOf(this.session)).resend(this.args.notification));
    const failed = data.find((delivery) => delivery.error !== undefined || (delivery.answer?.error ?? '') !== '');
    if (failed || error !== undefined)
      throw new Failure('operation_failed', `It failed again: ${failed ? outcomeOf(failed) : error}`, {
        hint: failed ? `\`compass notification show ${failed.id}\` has the whole call.` : undefined,
        details: { deliveries: data },
      });
    const names = this.output.machine ? new Map<string, string>() : await participantNames(this.director, data);
    return table(data, deliveryColumns(names), 'Nobody was called.');
  }
}
