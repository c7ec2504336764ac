/** A round at once: asked of the agent that runs in a folder, or done here. */
import type { AgentStatusFile } from './options.ts';
import { agentStatus, type AgentStatus } from './status.ts';
import { leaveWishes, type Wishes } from './wishes.ts';

export interface Asked {
  readonly outcome: 'done' | 'failed' | 'late';
  /** What the agent said of it. */
  readonly status: AgentStatus;
}

const LOOK = 200;

/** What became of a round that was wished for at that time; undefined while it is under way. */
function outcomeOf(
  { state, connection, synchronization }: AgentStatusFile,
  { renew }: Wishes,
  asked: string,
): 'done' | 'failed' | undefined {
  const isSince = (time: string | undefined) => time !== undefined && time >= asked;
  if (isSince(connection.lastAttempt) && (state === 'ConnectionFailed' || state === 'ConnectionMaintenanceFailed')) return 'failed';
  if (isSince(synchronization.lastAttempt) && synchronization.error !== undefined) return 'failed';
  if (!isSince(synchronization.lastSuccessfulApplication)) return undefined;
  return !renew || isSince(connection.renewed) ? 'done' : undefined;
}

/** Undefined where no agent has ever worked. `runHere` does the round where none runs now; `patience` in milliseconds is for those that do. */
export async function roundNow(dir: string, wishes: Wishes, patience: number, runHere: () => Promise<void>): Promise<Asked | undefined> {
  const before = await agentStatus(dir);
  if (!before) return undefined;
  if (!before.running) {
    await runHere();
    return { outcome: 'done', status: (await agentStatus(dir)) ?? before };
  }
  const asked = new Date().toISOString();
  await leaveWishes(dir, wishes);
  let status = before;
  for (const end = Date.now() + patience; Date.now() < end; await new Promise((done) => setTimeout(done, LOOK))) {
    status = (await agentStatus(dir)) ?? before;
    const outcome = outcomeOf(status, wishes, asked);
    if (outcome) return { outcome, status };
  }
  return { outcome: 'late', status };
}
