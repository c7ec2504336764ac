import { roundNow } from '../../src/agent/ask.ts';
import { AGENT_FLAGS, AgentCommand } from '../../src/cli/frame/agent-command.ts';
import { named, optional, time } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';

export default class AgentRenew extends AgentCommand<typeof AgentRenew> {
  static override summary = 'Replace the certificate of an agent now; the old one is given back.';
  static override description = 'Agents renew their certificates by themselves when less than three tenths of their time are left.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod', '<%= config.bin %> <%= command.id %> --dir ./agent'];
  static override args = { runtime: optional('Runtime as it was named to `agent run`.') };
  static override flags = named({ ...AGENT_FLAGS, timeout: time({ summary: 'How long a running agent may take; 60s unless given.' }) });

  protected async execute() {
    const dir = this.folder(this.args.runtime);
    const runHere = async () => {
      const { runAgent } = await import('../../src/agent/agent.ts');
      await runAgent({ dir, once: true, renewNow: true, ...given({ ca: this.authority() }) });
    };
    return this.shownRound(await roundNow(dir, { renew: true }, this.flags.timeout ?? 60_000, runHere), dir);
  }
}
