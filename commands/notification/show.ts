import { Notifications } from '../../src/client/notifications.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { participantNames } from '../../src/cli/formation/names.ts';
import { asking, restOf } from '../../src/cli/formation/notifications.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { deliveryCard } from '../../src/cli/views/notification.ts';

export default class NotificationShow extends RemoteCommand<typeof NotificationShow> {
  static override summary = 'Show one delivery whole: request and answer, with secrets masked.';
  static override examples = ['<%= config.bin %> <%= command.id %> 5b0cd2a1-8f4e-4a53-9f0e-0c6f3f2f6a11'];
  static override args = { notification: needed('Id of the delivery, from `compass notification list`.') };

  protected async execute() {
    const delivery = await asking(() => new Notifications(restOf(this.session)).get(this.args.notification));
    return deliveryCard(delivery, this.output.machine ? new Map() : await participantNames(this.director, [delivery]));
  }
}
