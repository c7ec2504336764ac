import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import type { ConnectOptions } from '../../src/agent/application.ts';
import { ApplicationTokenDocument } from '../../src/client/director.generated.ts';
import { AGENT_FLAGS, AgentCommand } from '../../src/cli/frame/agent-command.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { quoted } from '../../src/cli/failure/hints.ts';
import { named, optional } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { card } from '../../src/cli/output/view.ts';

export default class AppConnect extends AgentCommand<typeof AppConnect> {
  static override summary = 'Pair an application from its own side: key and client certificate, in a folder.';
  static override description = [
    'Makes a key, asks the Connector for a certificate of it with a one-time token, and writes key.pem, certificate.pem and connection.json, readable by their owner alone.',
    'The token is requested where the application is named; elsewhere it is given with --pairing-token.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> shop --dir ./shop',
    '<%= config.bin %> <%= command.id %> --pairing-token "$TOKEN" --ca-file ca.pem --dir ./shop',
  ];
  static override args = { application: optional('Application to request a token of, by name or id.') };
  static override flags = named({
    dir: Flags.string({ summary: 'Folder of the files; the current one unless given.', helpValue: 'DIR', default: '.' }),
    'ca-file': AGENT_FLAGS['ca-file'],
    'pairing-token': Flags.string({
      summary: 'One-time token, plain or in its encoded form; @FILE reads it from a file.',
      helpValue: 'TOKEN',
    }),
    'connector-url': Flags.string({ summary: 'Where a plain token is taken to.', helpValue: 'URL' }),
    force: Flags.boolean({ summary: 'Replace a key and certificate that lie there.' }),
  });

  protected async execute() {
    const { flags } = this;
    const { connectApplication } = await import('../../src/agent/agent.ts');
    const connected = await connectApplication({
      dir: resolve(flags.dir),
      replace: flags.force,
      ...(await this.#pairing()),
      ...given({ ca: this.authority() }),
    }).catch((error: Error) => {
      throw error.name === 'AlreadyConnected'
        ? new Failure('conflict', `${error.message}.`, { hint: 'Name another folder with --dir, or pass --force.', cause: error })
        : error;
    });
    const { subject, notAfter, directorURL, connectorURL, files } = connected;
    const name = this.args.application ?? 'NAME';
    this.output.note(
      `To act as the application: compass context add ${quoted(name)} --url ${directorURL} --cert ${quoted(files.certificate)} --key ${quoted(files.key)} --ca-file ${quoted(this.authorityFile ?? 'FILE')}`,
    );
    return card(
      connected,
      {
        Subject: subject,
        'Valid until': notAfter,
        Director: directorURL,
        Connector: connectorURL,
        Key: files.key,
        Certificate: files.certificate,
      },
      'Paired. Renew the certificate with itself, at the Connector, before it runs out.',
    );
  }

  async #pairing(): Promise<Pick<ConnectOptions, 'token' | 'connectorURL'>> {
    const { 'pairing-token': token, 'connector-url': connectorURL } = this.flags;
    const { application } = this.args;
    if (token !== undefined) return { token: token.startsWith('@') ? read(token.slice(1)) : token, ...given({ connectorURL }) };
    if (application === undefined)
      throw new Failure('input_needed', 'Neither an application nor a one-time token is named.', {
        details: { flags: ['--pairing-token'] },
      });
    const { token: requested } = await this.director.request(ApplicationTokenDocument, { id: await this.idOf('application', application) });
    return { token: requested.token, connectorURL: connectorURL ?? requested.connectorURL };
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure('file_unreadable', `${file} can't be read: ${(error as Error).message}`, { cause: error });
  }
}
