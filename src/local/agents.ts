/** The Runtime Agents of a plane: each in a folder of its own, started again when it ends by itself. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PairingError, runAgent } from '../agent/agent.ts';
import { loadCredentials } from '../agent/credentials.ts';
import type { ConnectionState } from '../agent/options.ts';
import type { AgentConfiguration, AgentState } from '../provisioner/provider.ts';
import type { AgentSupervisor } from '../provisioner/providers/local.ts';

export interface AgentsOptions {
  /** One folder below for each agent. */
  readonly dir: string;
  /** PEM of the authority that the plane's servers are trusted by. */
  readonly ca: string;
  /** GraphQL addresses of today: a plane that was started again may have others. */
  readonly addresses: () => { readonly connectorURL: string; readonly directorURL: string };
  readonly report: (message: string, details?: Record<string, unknown>) => void;
}

export interface Agents extends AgentSupervisor {
  /** Starts the agents of earlier processes that have paired. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

interface Running {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  state: AgentState;
}

/** Milliseconds; short, as everything is on one machine. */
const INTERVAL = 10_000;
const RESTART_PAUSE = 5_000;
/** What the reference's server announces; smaller than an agent elsewhere makes, as many may start at once. */
const KEY_BITS = 2048;

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

export function createAgents({ dir, ca, addresses, report }: AgentsOptions): Agents {
  const running = new Map<string, Running>();
  const folderOf = (runtimeId: string) => join(dir, runtimeId);

  function launch(runtimeId: string, pairing: Pick<AgentConfiguration, 'token' | 'connectorURL' | 'tenant'> | undefined): void {
    const stop = new AbortController();
    const agent: Running = { stop, state: 'connecting', ended: Promise.resolve() };
    const work = async () => {
      while (!stop.signal.aborted) {
        try {
          await runAgent({
            dir: folderOf(runtimeId),
            ca,
            interval: INTERVAL,
            keyBits: KEY_BITS,
            signal: stop.signal,
            addresses: addresses(),
            onStatus: ({ state }) => (agent.state = STATES[state]),
            ...pairing,
          });
        } catch (error) {
          report('an agent ended', { runtime: runtimeId, error: (error as Error).message });
          if (!(error instanceof PairingError)) await pause(RESTART_PAUSE, stop.signal);
          else {
            agent.state = 'failed';
            return;
          }
        }
      }
    };
    running.set(runtimeId, Object.assign(agent, { ended: work() }));
  }

  async function end(runtimeId: string): Promise<void> {
    const agent = running.get(runtimeId);
    running.delete(runtimeId);
    agent?.stop.abort();
    await agent?.ended;
  }

  return {
    async start({ runtimeId, token, connectorURL, tenant }) {
      await end(runtimeId);
      launch(runtimeId, { token, connectorURL, tenant });
    },
    async remove(runtimeId) {
      await end(runtimeId);
      await rm(folderOf(runtimeId), { recursive: true, force: true });
    },
    state: (runtimeId) => running.get(runtimeId)?.state ?? 'none',
    async resume() {
      for (const runtimeId of await readdir(dir).catch(() => [])) {
        const paired = await loadCredentials(folderOf(runtimeId)).catch(() => undefined);
        if (paired && !running.has(runtimeId)) launch(runtimeId, undefined);
      }
    },
    async stop() {
      await Promise.all([...running.keys()].map(end));
    },
  };
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
