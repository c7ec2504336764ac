import { Flags } from '@oclif/core';
import { type AgentOptions, type AgentStatusFile, FORMATS } from '../../src/agent/options.ts';
import { agentStatus } from '../../src/agent/status.ts';
import { RuntimeTokenDocument } from '../../src/client/director.generated.ts';
import { AGENT_FLAGS, AgentCommand } from '../../src/cli/frame/agent-command.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, time } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { stopAsked } from '../../src/cli/serve/signals.ts';
import { agentCard } from '../../src/cli/views/agent.ts';

export default class AgentRun extends AgentCommand<typeof AgentRun> {
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
    ...AGENT_FLAGS,
    'pairing-token': Flags.string({ summary: 'One-time token, plain or in its encoded form.', helpValue: 'TOKEN' }),
    'connector-url': Flags.string({ summary: 'Where a plain token is taken to.', helpValue: 'URL' }),
    format: Flags.option({ options: FORMATS })({
      summary: 'Files for people and programs (json), or manifests of Kyma (k8s); as before unless given, json at first.',
    }),
    interval: time({ summary: 'Time between two rounds; 20s unless given.' }),
    'events-url': Flags.string({ summary: 'Reported as the address for events.', helpValue: 'URL' }),
    'console-url': Flags.string({ summary: 'Reported as the address of the console.', helpValue: 'URL' }),
    once: Flags.boolean({ summary: 'Do one round and end.' }),
  });

  protected async execute() {
    const { flags } = this;
    const dir = this.folder(this.flags.runtime);
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
      ...given({
        ca: this.authority(),
        format: flags.format,
        interval: flags.interval,
        eventsURL: flags['events-url'],
        consoleURL: flags['console-url'],
      }),
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

  /** The token to pair with: the one given, else a new one of the runtime, if it has not paired before. */
  async #pairing(paired: boolean): Promise<Pick<AgentOptions, 'token' | 'connectorURL'>> {
    const { 'pairing-token': token, 'connector-url': connectorURL, runtime } = this.flags;
    if (token !== undefined) return { token, ...given({ connectorURL }) };
    if (paired || runtime === undefined) return {};
    const { token: requested } = await this.director.request(RuntimeTokenDocument, { id: await this.idOf('runtime', runtime) });
    return { token: requested.token, connectorURL: connectorURL ?? requested.connectorURL };
  }
}
