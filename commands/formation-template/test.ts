import { Args, Flags } from '@oclif/core';
import type { WebhookInput } from '../../src/client/director.generated.ts';
import type { Trial } from '../../src/local/webhook-trial.ts';
import { BaseCommand } from '../../src/cli/frame/base-command.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named } from '../../src/cli/frame/flags.ts';
import { literalOrFile, structured, structuredFile } from '../../src/cli/input/input.ts';
import { text } from '../../src/cli/output/view.ts';
import { faultsIn, trialText, webhooksIn } from '../../src/cli/formation/webhook-trial.ts';

export default class FormationTemplateTest extends BaseCommand<typeof FormationTemplateTest> {
  static override summary = 'Run the templates of webhooks on sample objects, and show what would be sent.';
  static override description =
    'The file holds a webhook, or an object with webhooks: the input of a formation template, an application or an application template. Nothing is sent, and no plane is needed. Exits with 1 where a template fails.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> webhook.yaml',
    `<%= config.bin %> <%= command.id %> webhook.yaml --sample '{"Operation":"unassign","SourceApplication":{"Labels":{"region":"us"}}}'`,
    `<%= config.bin %> <%= command.id %> shops.yaml --answer '{"state":"READY"}' --output json`,
  ];
  static override args = { file: Args.string({ description: 'JSON or YAML; - is standard input.', required: true, ignoreStdin: true }) };
  static override flags = named({
    sample: Flags.string({ summary: 'Changes to the sample objects, as JSON; @FILE reads JSON or YAML.', helpValue: 'JSON' }),
    answer: Flags.string({ summary: 'Body of an answer to try the output template with; @FILE reads it.', helpValue: 'BODY' }),
  });

  protected async execute() {
    const { file } = this.args;
    const { sample, answer } = this.flags;
    const webhooks = webhooksIn(await structuredFile(this.host, file), file);
    const changes = sample === undefined ? {} : await structured(await literalOrFile(this.host, sample), '--sample');
    const body = answer === undefined ? undefined : await literalOrFile(this.host, answer);
    const { tryWebhook } = await import('../../src/local/webhook-trial.ts');
    const trials: Trial[] = [];
    for (const webhook of webhooks) {
      try {
        trials.push(tryWebhook(webhook as WebhookInput as never, changes, body === undefined ? undefined : { body }));
      } catch (error) {
        if ((error as Error).name === 'SampleFault') throw new Failure('usage', (error as Error).message, { cause: error });
        throw error;
      }
    }
    const view = text(trials, trials.map(trialText).join('\n\n'));
    const faults = trials.flatMap(faultsIn);
    if (faults.length === 0) return view;
    if (!this.output.machine) await this.output.show(view);
    throw new Failure('invalid_data', faults.join('\n'), { details: { trials } });
  }
}
