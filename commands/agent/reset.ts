import { agentStatus } from '../../src/agent/status.ts';
import { AGENT_FLAGS, AgentCommand } from '../../src/cli/frame/agent-command.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, optional, yes } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { card } from '../../src/cli/output/view.ts';

export default class AgentReset extends AgentCommand<typeof AgentReset> {
  static override summary = 'Give the certificate of an agent back, and empty its folder.';
  static override description = 'The next `agent run` there needs a new one-time token. What other programs put into the folder stays.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod --yes', '<%= config.bin %> <%= command.id %> --dir ./agent --yes'];
  static override args = { runtime: optional('Runtime as it was named to `agent run`.') };
  static override flags = named({ ...AGENT_FLAGS, yes });

  protected async execute() {
    const dir = this.folder(this.args.runtime);
    const status = await agentStatus(dir);
    if (!status) throw this.unknownAgent(dir);
    const { running, pid } = status;
    if (running)
      throw new Failure('conflict', `An agent (process ${pid}) works in ${dir}.`, { hint: 'Stop it first.', details: { dir, pid } });
    await this.agree(`Give the certificate back and empty ${dir}?`);
    const { resetAgent } = await import('../../src/agent/agent.ts');
    const { notGivenBack } = await resetAgent({ dir, ...given({ ca: this.authority() }) });
    if (notGivenBack !== undefined) this.output.warn(`The certificate could not be given back: ${notGivenBack}`);
    return card(
      { dir, givenBack: notGivenBack === undefined, notGivenBack: notGivenBack ?? null },
      { Folder: dir },
      'The agent is as if it had never paired.',
    );
  }
}
