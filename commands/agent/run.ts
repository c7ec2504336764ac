import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Flags } from '@oclif/core';
import type { AgentOptions, AgentStatusFile } from '../../src/agent/options.ts';
import { agentStatus } from '../../src/agent/status.ts';
import { RuntimeTokenDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure.ts';
import { named, time } from '../../src/cli/flags.ts';
import { given } from '../../src/cli/input.ts';
import { dataFolder } from '../../src/cli/paths.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { stopAsked } from '../../src/cli/serve/signals.ts';
import { agentCard } from '../../src/cli/views/agent.ts';

export default class AgentRun extends RemoteCommand<typeof AgentRun> {
  static override summary = 'Run the agent of a runtime: pair, synchronise, renew, report.';
  static override description = [
    'The first start pairs with a one-time token, which is requested where --runtime names the runtime. Later ones go on with the certificate that lies in the folder.',
    'Runs until Ctrl-C; --once does one round and ends.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --runtime prod',
    '<%= config.bin %> <%= command.id %> --dir ./agent --pairing-token "$TOKEN" --once',
  ];
  static override flags = named({
    runtime: Flags.string({ char: 'r', summary: 'Runtime to be the agent of, by name or id.', helpValue: 'NAME' }),
    dir: Flags.string({ summary: "The agent's folder; one below the data folder unless given.", helpValue: 'DIR' }),
    'pairing-token': Flags.string({ summary: 'One-time token, plain or in its encoded form.', helpValue: 'TOKEN' }),
    'connector-url': Flags.string({ summary: 'Where a plain token is taken to.', helpValue: 'URL' }),
    'ca-file': Flags.string({
      summary: "PEM of the authority of the plane's certificates; the context's unless given.",
      helpValue: 'FILE',
    }),
    interval: time({ summary: 'Time between two rounds; 20s unless given.' }),
    'events-url': Flags.string({ summary: 'Reported as the address for events.', helpValue: 'URL' }),
    'console-url': Flags.string({ summary: 'Reported as the address of the console.', helpValue: 'URL' }),
    once: Flags.boolean({ summary: 'Do one round and end.' }),
  });

  protected async execute() {
    const { flags } = this;
    const dir = this.#folder();
    const known = await agentStatus(dir);
    const pairing = await this.#pairing(known !== undefined);
    const stop = new AbortController();
    void stopAsked(() => this.output.note('Stopping …')).then(() => stop.abort());
    let last = known?.state;
    const options: AgentOptions = {
      dir,
      signal: stop.signal,
      once: flags.once,
      ...pairing,
      ...given({ ca: this.#authority(), interval: flags.interval, eventsURL: flags['events-url'], consoleURL: flags['console-url'] }),
      onStatus: (status: AgentStatusFile) => {
        if (status.state !== last) this.output.note(`${status.updatedAt} ${status.state}`);
        last = status.state;
      },
    };
    const { runAgent } = await import('../../src/agent/agent.ts');
    await runAgent(options);
    const status = await agentStatus(dir);
    if (status === undefined) throw new Failure('unexpected', `The agent left no status in ${dir}.`);
    return agentCard(status, dir);
  }

  /** The first signal ends the agent after the step under way. */
  protected override watchSignals(): void {}

  #folder(): string {
    const { dir, runtime } = this.flags;
    if (dir !== undefined) return resolve(dir);
    if (runtime === undefined)
      throw new Failure('input_needed', 'Neither --dir nor --runtime says which agent is meant.', {
        details: { flags: ['--dir', '--runtime'] },
      });
    return join(dataFolder(this.host.env), 'agents', encodeURIComponent(runtime));
  }

  /** The token to pair with: the one given, else a new one of the runtime, if it has not paired before. */
  async #pairing(paired: boolean): Promise<Pick<AgentOptions, 'token' | 'connectorURL'>> {
    const { 'pairing-token': token, 'connector-url': connectorURL, runtime } = this.flags;
    if (token !== undefined) return { token, ...given({ connectorURL }) };
    if (paired || runtime === undefined) return {};
    const { token: requested } = await this.director.request(RuntimeTokenDocument, { id: await this.idOf('runtime', runtime) });
    return { token: requested.token, connectorURL: connectorURL ?? requested.connectorURL };
  }

  #authority(): string | undefined {
    const file = this.flags['ca-file'] ?? this.#contextAuthority();
    if (file === undefined) return undefined;
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new Failure('file_unreadable', `${file} can't be read: ${(error as Error).message}`, { cause: error });
    }
  }

  /** An agent with a token of its own needs no context. */
  #contextAuthority(): string | undefined {
    try {
      return this.session.context.caFile;
    } catch (error) {
      if (error instanceof Failure && error.code === 'no_context') return undefined;
      throw error;
    }
  }
}
