/** The agent's status: a file that anybody on the machine may read, without secrets. */
import { join } from 'node:path';
import { asJson, readIfThere, writeWhole } from './files.ts';
import type { AgentStatusFile } from './options.ts';
import { isAlive } from '../process/is-alive.ts';

const fileOf = (dir: string) => join(dir, 'status.json');

export interface AgentStatus extends AgentStatusFile {
  /** Whether the process that wrote it is still there and did not say that it stopped. */
  readonly running: boolean;
}

/** What the agent of that folder said last; undefined where none ever ran there. @throws Error where the file is damaged */
export async function agentStatus(dir: string): Promise<AgentStatus | undefined> {
  const text = await readIfThere(fileOf(dir));
  if (text === undefined) return undefined;
  let status: AgentStatusFile;
  try {
    status = JSON.parse(text) as AgentStatusFile;
  } catch {
    throw new Error(`${fileOf(dir)} is damaged: it is no JSON`);
  }
  return { ...status, running: status.stoppedAt === undefined && isAlive(status.pid) };
}

export interface StatusKeeper {
  readonly current: AgentStatusFile;
  /** Changes some of it; nested parts are replaced as a whole. */
  change(part: Partial<AgentStatusFile>): Promise<void>;
}

/** Goes on with what an earlier agent of the folder left. */
export async function keepStatus(dir: string, now: () => Date, onStatus?: (status: AgentStatusFile) => void): Promise<StatusKeeper> {
  const { running, ...before } = (await agentStatus(dir).catch(() => undefined)) ?? {
    running: false,
    connection: {},
    synchronization: {},
    applications: [],
    problems: [],
  };
  if (running && 'pid' in before && before.pid !== process.pid) throw new Error(`another agent (process ${before.pid}) works in ${dir}`);
  const startedAt = now().toISOString();
  const { stoppedAt: _, ...kept } = before as Partial<AgentStatusFile>;
  let current: AgentStatusFile = {
    connection: {},
    synchronization: {},
    applications: [],
    problems: [],
    ...kept,
    state: 'Connecting',
    pid: process.pid,
    startedAt,
    updatedAt: startedAt,
  };
  return {
    get current() {
      return current;
    },
    async change(part) {
      current = { ...current, ...part, updatedAt: now().toISOString() };
      await writeWhole(fileOf(dir), asJson(current));
      onStatus?.(current);
    },
  };
}
