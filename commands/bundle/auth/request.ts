import { Flags } from '@oclif/core';
import { BundleInstanceAuthDocument, RequestBundleInstanceAuthDocument } from '../../../src/client/director.generated.ts';
import { UnreachableError } from '../../../src/client/errors.ts';
import { Failure } from '../../../src/cli/failure/failure.ts';
import { named, needed, ofApp, time } from '../../../src/cli/frame/flags.ts';
import { given, jsonIfGiven } from '../../../src/cli/input/input.ts';
import { bundleId } from '../../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { bundleAuthCard } from '../../../src/cli/views/bundle-auth.ts';
import { until } from '../../../src/cli/wait/wait.ts';

export default class BundleAuthRequest extends RemoteCommand<typeof BundleAuthRequest> {
  static override summary = 'Ask for credentials for a bundle, as a runtime does.';
  static override description = [
    'Asking needs the scope `runtime:write`, which runtimes have. Where the bundle has default credentials they are given at once;',
    'else the application gives them, or says why not: `compass bundle auth set`.',
  ].join('\n');
  static override examples = [
    `<%= config.bin %> <%= command.id %> orders --app shop --parameters '{"plan":"gold"}'`,
    '<%= config.bin %> <%= command.id %> orders --app shop --parameters @parameters.json --wait --show-secrets',
  ];
  static override args = { bundle: needed('Name or id of the bundle.') };
  static override flags = named({
    app: ofApp,
    parameters: Flags.string({ summary: "Input that fits the bundle's schema, as JSON; @FILE reads it.", helpValue: 'JSON' }),
    'auth-context': Flags.string({ summary: 'JSON that is kept beside the credentials; @FILE reads it.', helpValue: 'JSON' }),
    wait: Flags.boolean({ summary: 'Wait until the application has given the credentials or refused them.' }),
    timeout: time({ summary: 'How long to wait at most.', default: 300_000, defaultHelp: async () => '5m' }),
    'show-secrets': Flags.boolean({ summary: 'Show passwords and client secrets.' }),
  });

  protected async execute() {
    const bundle = await bundleId(this.director, this.args.bundle, this.flags.app);
    const input = given({
      inputParams: await jsonIfGiven(this.host, this.flags, 'parameters'),
      context: await jsonIfGiven(this.host, this.flags, 'auth-context'),
    });
    const { auth } = await this.director.request(RequestBundleInstanceAuthDocument, { bundle, in: input });
    if (!this.flags.wait || auth.status.condition !== 'PENDING') return this.#answered(auth, 'Asked for credentials.');
    this.output.note(`Asked for credentials ${auth.id}: waiting for the application. It answers with`);
    this.output.note(`  compass bundle auth set ${auth.id} --file credentials.yaml`);
    return this.#answered(await this.#settled(auth.id), 'The application has answered.');
  }

  /** A plane that is gone for a while is waited for, too. @throws Failure timed_out, not_found where they are deleted meanwhile */
  #settled(id: string) {
    let away: string | undefined;
    return until(
      async () => {
        const read = await this.director.request(BundleInstanceAuthDocument, { id }).catch((error: unknown) => error as Error);
        if (read instanceof Error) {
          if (!(read instanceof UnreachableError)) throw read;
          if (away === undefined) this.output.note(`${read.message}: waiting for it to come back.`);
          away = read.message;
          return undefined;
        }
        away = undefined;
        const { auth } = read;
        if (auth === null || auth === undefined) throw new Failure('not_found', `Credentials ${id} were deleted before they were given.`);
        return auth.status.condition === 'PENDING' ? undefined : auth;
      },
      {
        what: `the application to answer the request ${id}`,
        timeout: this.flags.timeout,
        seen: () => away,
        hint: `The request stays: \`compass bundle auth get ${id}\` tells how it stands, \`compass bundle auth set ${id} --file credentials.yaml\` answers it.`,
      },
    );
  }

  /** @throws Failure operation_failed where the application refused */
  #answered(auth: Parameters<typeof bundleAuthCard>[0], headline: string) {
    const { condition, reason, message } = auth.status;
    if (condition === 'FAILED')
      throw new Failure('operation_failed', `The application refused: ${message} (${reason})`, {
        details: { id: auth.id, condition, reason, message },
      });
    return bundleAuthCard(auth, headline, this.flags['show-secrets']);
  }
}
