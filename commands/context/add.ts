import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { BaseCommand } from '../../src/cli/frame/base-command.ts';
import { behindGateway, Contexts } from '../../src/cli/connection/contexts.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { fileContent, given } from '../../src/cli/input/input.ts';
import { card } from '../../src/cli/output/view.ts';

export default class ContextAdd extends BaseCommand<typeof ContextAdd> {
  static override summary = 'Add a context, or change the one of that name.';
  static override description = 'The token is kept in a file that only you can read.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> team --url https://compass.example.com --tenant 3e64ebae-38b5-46a0-b1ed-9ccee153a0ae --token-stdin < token.txt',
    '<%= config.bin %> <%= command.id %> shop --url https://compass-mtls.example.com --cert shop.crt --key shop.key --ca-file ca.crt',
  ];
  static override args = { name: needed('Name of the context.') };
  static override flags = named({
    url: Flags.string({ summary: 'Address of the gateway.', helpValue: 'URL' }),
    'director-url': Flags.string({ summary: 'Address of the Director, where it is not behind the gateway.', helpValue: 'URL' }),
    'connector-url': Flags.string({ summary: 'Address of the Connector, likewise.', helpValue: 'URL' }),
    'provisioner-url': Flags.string({ summary: 'Address of the Provisioner, likewise.', helpValue: 'URL' }),
    tenant: Flags.string({ char: 't', summary: 'Tenant to act in, by its external id.', helpValue: 'ID' }),
    token: Flags.string({ summary: 'Token to show; better by --token-stdin.', helpValue: 'TOKEN' }),
    'token-stdin': Flags.boolean({ summary: 'Read the token from standard input.', exclusive: ['token'] }),
    'ca-file': Flags.string({ summary: "PEM of the authority of the server's certificate.", helpValue: 'FILE' }),
    cert: Flags.string({ summary: 'PEM of the client certificate to show.', helpValue: 'FILE', dependsOn: ['key'] }),
    key: Flags.string({ summary: 'PEM of its private key.', helpValue: 'FILE', dependsOn: ['cert'] }),
    use: Flags.boolean({ summary: 'Make it the current one.' }),
  });

  protected async execute() {
    const { flags } = this;
    const { name } = this.args;
    const contexts = new Contexts(this.host.env);
    for (const url of [flags.url, flags['director-url'], flags['connector-url'], flags['provisioner-url']]) checkAddress(url);
    const context = {
      ...(flags.url === undefined ? {} : behindGateway(flags.url)),
      ...given({
        director: flags['director-url'],
        connector: flags['connector-url'],
        provisioner: flags['provisioner-url'],
        tenant: flags.tenant,
        caFile: this.#file(flags['ca-file']),
        certFile: this.#file(flags.cert),
        keyFile: this.#file(flags.key),
      }),
    };
    const { director } = context;
    if (director === undefined)
      throw new Failure('input_needed', '--url or --director-url must say where the Director is.', {
        details: { flags: ['--url', '--director-url'] },
      });
    const token = flags['token-stdin'] ? (await fileContent(this.host, '-')).trim() : flags.token;
    contexts.save(name, { ...context, director }, token);
    if (flags.use) contexts.use(name);
    return card(
      { name, current: contexts.current() === name, ...context },
      { Context: name, Director: director, Tenant: context.tenant },
      `Added context ${name}.`,
    );
  }

  /** Commands run in other folders later. */
  #file(path: string | undefined): string | undefined {
    return path === undefined ? undefined : resolve(path);
  }
}

/** @throws Failure usage */
function checkAddress(url: string | undefined): void {
  if (url === undefined || (URL.canParse(url) && /^https?:/i.test(url))) return;
  throw new Failure('usage', `${JSON.stringify(url)} is no address.`, { hint: 'Write it like https://compass.example.com.' });
}
