/** The provider `local`: a runtime is a Runtime Agent on this machine, with a folder in place of a cluster; a cluster that sleeps has none. */
import type { Awaitable } from '../../registry/contract.ts';
import type { AgentConfiguration, AgentState, ClusterProvider } from '../provider.ts';
import { fallsAsleep, simulatedClusters } from './clusters.ts';
import { simulatedProvider, type SimulationOptions } from './simulated.ts';

/** Runs agents and keeps them running. */
export interface AgentSupervisor {
  /** Starts the agent of a runtime; one that runs already gets the new token. */
  start(configuration: AgentConfiguration): Promise<void>;
  /** Ends the agent and keeps all that it has, so that it can go on. */
  rest(runtimeId: string): Promise<void>;
  /** Ends the agent, gives its certificate back, and removes what it wrote. */
  remove(runtimeId: string): Promise<void>;
  state(runtimeId: string): Awaitable<AgentState>;
  /** The last lines that it wrote. */
  log(runtimeId: string): Promise<readonly string[]>;
}

export function localProvider(options: SimulationOptions, agents: AgentSupervisor): ClusterProvider {
  const clusters = simulatedProvider(options);
  return {
    ...clusters,
    async carryOut(runtimeId) {
      const cluster = await options.registry.latest.get(simulatedClusters, runtimeId);
      if (cluster && fallsAsleep(cluster)) await agents.rest(runtimeId);
    },
    async remove(runtimeId) {
      await agents.remove(runtimeId);
      await clusters.remove(runtimeId);
    },
    async connectAgent(configuration) {
      await clusters.connectAgent(configuration);
      await agents.start(configuration);
    },
    agentState: async (runtimeId) => agents.state(runtimeId),
    awaitsAgent: () => true,
    agentLog: (runtimeId) => agents.log(runtimeId),
  };
}
