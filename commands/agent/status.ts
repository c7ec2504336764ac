import { join, resolve } from 'node:path';
import { agentStatus } from '../../src/agent/status.ts';
import { AGENT_FLAGS, NO_AGENT } from '../../src/cli/frame/agent-command.ts';
import { BaseCommand } from '../../src/cli/frame/base-command.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, optional } from '../../src/cli/frame/flags.ts';
import { dataFolder } from '../../src/cli/connection/paths.ts';
import { agentCard } from '../../src/cli/views/agent.ts';

export default class AgentStatus extends BaseCommand<typeof AgentStatus> {
  static override summary = 'Show what the agent of a runtime said last.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> prod',
    '<%= config.bin %> <%= command.id %> --dir ./agent --output json',
  ];
  static override args = { runtime: optional('Runtime as it was named to `agent run`.') };
  static override flags = named({ dir: AGENT_FLAGS.dir });

  protected async execute() {
    const { runtime } = this.args;
    const { dir } = this.flags;
    if (dir === undefined && runtime === undefined) throw new Failure('usage', 'Name a runtime, or the folder of its agent.');
    const folder = dir === undefined ? join(dataFolder(this.host.env), 'agents', encodeURIComponent(runtime ?? '')) : resolve(dir);
    const status = await agentStatus(folder);
    if (status === undefined)
      throw new Failure('not_found', `No agent has worked in ${folder}.`, { hint: NO_AGENT, details: { dir: folder } });
    return agentCard(status, folder);
  }
}
