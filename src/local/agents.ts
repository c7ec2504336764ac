/** The Runtime Agents of a plane: a process and a folder for each, started again when it ends by itself. */
import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { revoke } from '../agent/connector.ts';
import { loadCredentials } from '../agent/credentials.ts';
import type { ConnectionState } from '../agent/options.ts';
import { agentStatus } from '../agent/status.ts';
import type { AgentConfiguration, AgentState } from '../provisioner/provider.ts';
import type { AgentSupervisor } from '../provisioner/providers/local.ts';
import type { Program } from '../provisioner/providers/module-host.ts';
import type { AgentNews, AgentOrders } from './agent-process.ts';
import { isAlive } from '../process/is-alive.ts';
import { makeFolder } from '../process/folder.ts';

export interface AgentsOptions {
  /** One folder below for each agent. */
  readonly dir: string;
  readonly program: Program;
  /** Whether the folders go away with the plane, however it ends. */
  readonly ephemeral: boolean;
  /** PEM of the authority that the plane's servers are trusted by. */
  readonly ca: string;
  /** GraphQL addresses of today: a plane that was started again may have others. */
  readonly addresses: () => { readonly connectorURL: string; readonly directorURL: string };
  readonly report: (message: string, details?: Record<string, unknown>) => void;
  /** Told when an agent does otherwise than before. */
  readonly onState?: (runtimeId: string) => void;
}

/** What becomes of an agent: one that sleeps keeps its folder and is not started. */
export type Fate = 'runs' | 'sleeps' | 'gone';

export interface Agents extends AgentSupervisor {
  state(runtimeId: string): AgentState;
  /** Whether there is an agent here, running or at rest. */
  has(runtimeId: string): boolean;
  /** Starts the agents of earlier processes that have paired and are to run; of those whose runtime is gone nothing is left. */
  resume(fateOf: (runtimeId: string) => Promise<Fate>): Promise<void>;
  stop(): Promise<void>;
}

type Pairing = Pick<AgentConfiguration, 'token' | 'connectorURL' | 'tenant'>;

interface Running {
  state: AgentState;
  stopping: boolean;
  child?: ChildProcess;
  ended: Promise<void>;
}

/** Milliseconds; short, as everything is on one machine. */
const INTERVAL = 10_000;
const RESTART_PAUSE = 1_000;
const MAX_RESTART_PAUSE = 30_000;
/** How long an agent is given to end before it is killed. */
const PATIENCE = 3_000;
/** What the reference's server announces; smaller than an agent elsewhere makes, as many may start at once. */
const KEY_BITS = 2048;
const LOG_SIZE = 1_000_000;
const LOG_LINES = 200;

const STATES: Readonly<Record<ConnectionState, AgentState>> = {
  Connecting: 'connecting',
  Connected: 'connecting',
  ConnectionFailed: 'connecting',
  ConnectionMaintenanceFailed: 'failed',
  SynchronizationFailed: 'connected',
  ResourceApplicationFailed: 'connected',
  MetadataUpdateFailed: 'connected',
  Synchronized: 'connected',
};

/** The agent's log, opened at its end; a long one is put aside once. */
function openLog(folder: string): number {
  makeFolder(folder);
  const file = join(folder, 'agent.log');
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_SIZE) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/**
 * Waits for the agent that an earlier plane left in a folder: it ends when it sees that its plane is gone, and is killed where it does not.
 * A process that merely has its number is let alone.
 */
async function endOrphan(folder: string, program: Program): Promise<void> {
  const status = await agentStatus(folder).catch(() => undefined);
  if (!status?.running || status.pid === process.pid) return;
  const { running: _, ...kept } = status;
  for (const deadline = Date.now() + PATIENCE; isAlive(status.pid) && Date.now() < deadline;) {
    const commandLine = await readFile(`/proc/${status.pid}/cmdline`, 'utf8').catch(() => program.file);
    if (!commandLine.includes(program.file)) break;
    await sleep(50);
    if (Date.now() >= deadline - 50) process.kill(status.pid, 'SIGKILL');
  }
  await writeFile(join(folder, 'status.json'), JSON.stringify({ ...kept, stoppedAt: new Date().toISOString() }));
}

export function createAgents({ dir, program, ephemeral, ca, addresses, report, onState }: AgentsOptions): Agents {
  const running = new Map<string, Running>();
  const resting = new Set<string>();
  const folderOf = (runtimeId: string) => join(dir, runtimeId);

  function become(runtimeId: string, agent: Running, state: AgentState): void {
    if (agent.state === state) return;
    agent.state = state;
    onState?.(runtimeId);
  }

  /** One life of the agent's process; true where it makes sense to start another. */
  function live(runtimeId: string, agent: Running, pairing: Pairing | undefined): Promise<boolean> {
    const folder = folderOf(runtimeId);
    const log = openLog(folder);
    const child = fork(program.file, [folder], { execArgv: [...program.execArgv], stdio: ['ignore', log, log, 'ipc'] });
    closeSync(log);
    agent.child = child;
    const orders: AgentOrders = {
      options: { dir: folder, ca, interval: INTERVAL, keyBits: KEY_BITS, addresses: addresses(), ...pairing },
      ephemeral,
    };
    // One that ended before it heard this is told of by its end.
    child.send(orders, () => undefined);
    return new Promise((resolve) => {
      let unpaired = false;
      child.on('message', (news: AgentNews) => {
        if ('state' in news) become(runtimeId, agent, STATES[news.state]);
        else {
          report('an agent ended', { runtime: runtimeId, error: news.ended });
          unpaired = news.unpaired;
        }
      });
      child.on('error', (error) => report('an agent could not be started', { runtime: runtimeId, error: error.message }));
      const over = () => {
        delete agent.child;
        if (!agent.stopping) become(runtimeId, agent, unpaired ? 'failed' : 'connecting');
        resolve(!unpaired);
      };
      child.on('exit', over);
      child.on('error', over);
    });
  }

  function launch(runtimeId: string, pairing: Pairing | undefined): void {
    const agent: Running = { state: 'connecting', stopping: false, ended: Promise.resolve() };
    const lives = async () => {
      await endOrphan(folderOf(runtimeId), program);
      for (let wait = RESTART_PAUSE; !agent.stopping; wait = Math.min(2 * wait, MAX_RESTART_PAUSE)) {
        if (!(await live(runtimeId, agent, pairing))) return;
        for (const until = Date.now() + wait; !agent.stopping && Date.now() < until;) await sleep(50, undefined, { ref: false });
      }
    };
    running.set(runtimeId, agent);
    agent.ended = lives().catch((error: Error) => {
      become(runtimeId, agent, 'failed');
      report('an agent can not be run', { runtime: runtimeId, error: error.message });
    });
  }

  async function end(runtimeId: string): Promise<void> {
    const agent = running.get(runtimeId);
    running.delete(runtimeId);
    if (!agent) return;
    agent.stopping = true;
    const { child } = agent;
    child?.send('stop', () => undefined);
    const late = setTimeout(() => agent.child?.kill('SIGKILL'), PATIENCE);
    await agent.ended;
    clearTimeout(late);
  }

  /** A certificate whose plane does not answer opens nothing after its runtime is unregistered, either. */
  async function giveBack(folder: string): Promise<void> {
    const credentials = await loadCredentials(folder).catch(() => undefined);
    if (!credentials) return;
    const access = { ca, tenant: undefined, keyBits: KEY_BITS, signal: AbortSignal.timeout(PATIENCE), now: () => new Date() };
    await revoke({ ...credentials, ...addresses() }, access).catch((error: Error) =>
      report('a certificate was not given back', { folder, error: error.message }),
    );
  }

  async function rest(runtimeId: string): Promise<void> {
    resting.add(runtimeId);
    await end(runtimeId);
    await endOrphan(folderOf(runtimeId), program);
  }

  async function remove(runtimeId: string): Promise<void> {
    const folder = folderOf(runtimeId);
    resting.delete(runtimeId);
    await end(runtimeId);
    await endOrphan(folder, program);
    await giveBack(folder);
    await rm(folder, { recursive: true, force: true });
  }

  return {
    async start({ runtimeId, token, connectorURL, tenant }) {
      await end(runtimeId);
      resting.delete(runtimeId);
      // A new token makes good what can't be read any more.
      const credentials = join(folderOf(runtimeId), 'credentials.json');
      await loadCredentials(folderOf(runtimeId)).catch(() => rm(credentials, { force: true }));
      launch(runtimeId, { token, connectorURL, tenant });
    },
    rest,
    remove,
    has: (runtimeId) => running.has(runtimeId) || resting.has(runtimeId),
    state: (runtimeId) => running.get(runtimeId)?.state ?? 'none',
    async log(runtimeId) {
      const text = await readFile(join(folderOf(runtimeId), 'agent.log'), 'utf8').catch(() => '');
      return text.trimEnd().split('\n').filter(Boolean).slice(-LOG_LINES);
    },
    async resume(fateOf) {
      const left = await readdir(dir, { withFileTypes: true }).catch(() => []);
      const folders = left.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      await Promise.all(
        folders.map(async (runtimeId) => {
          const fate = await fateOf(runtimeId);
          if (fate === 'gone') return remove(runtimeId);
          if (fate === 'sleeps') return rest(runtimeId);
          const paired = await loadCredentials(folderOf(runtimeId)).catch(() => undefined);
          if (paired && !running.has(runtimeId)) launch(runtimeId, undefined);
        }),
      );
    },
    async stop() {
      await Promise.all([...running.keys()].map(end));
    },
  };
}
