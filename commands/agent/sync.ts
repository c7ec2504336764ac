import { roundNow } from '../../src/agent/ask.ts';
import { AGENT_FLAGS, AgentCommand } from '../../src/cli/frame/agent-command.ts';
import { named, optional, time } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';

export default class AgentSync extends AgentCommand<typeof AgentSync> {
  static override summary = 'Synchronise the folder of an agent now.';
  static override description = 'The agent that runs there does it; where none runs, one round is done here.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod', '<%= config.bin %> <%= command.id %> --dir ./agent --json'];
  static override args = { runtime: optional('Runtime as it was named to `agent run`.') };
  static override flags = named({ ...AGENT_FLAGS, timeout: time({ summary: 'How long a running agent may take; 60s unless given.' }) });

  protected async execute() {
    const dir = this.folder(this.args.runtime);
    const runHere = async () => {
      const { runAgent } = await import('../../src/agent/agent.ts');
      await runAgent({ dir, once: true, ...given({ ca: this.authority() }) });
    };
    return this.shownRound(await roundNow(dir, { renew: false }, this.flags.timeout ?? 60_000, runHere), dir);
  }
}
