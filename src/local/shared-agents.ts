/** Runtime Agents of planes that share a Registry: each lives beside the plane that connected it last; once that is gone, another starts one of its own. */
import type { AgentState } from '../provisioner/provider.ts';
import { clusterMissing, fallsAsleep, simulatedClusters } from '../provisioner/providers/clusters.ts';
import type { AgentSupervisor } from '../provisioner/providers/local.ts';
import { type Carried, collection, type ReadTx, type Registry, type Stored } from '../registry/contract.ts';
import type { Agents, Fate } from './agents.ts';

/** Which plane runs the agent of the runtime with that id, and how it does. */
export interface LocalAgent extends Stored {
  /** See `AgentFolder`. */
  readonly owner: string;
  readonly state: AgentState;
}

/** Milliseconds for which a plane that lives keeps an agent without a word, as long as can be; it gives one every day. */
const LEASE = 2 ** 31 - 1;
const RENEWAL = 24 * 3_600_000;

export const localAgents = collection<LocalAgent>()(
  'localAgents',
  { all: { keys: () => ['all'] } },
  { work: { index: 'all', after: 5_000, patience: LEASE } },
);

const BY = { by: 'provisioner' } as const;

/** An agent runs as long as the runtime has a cluster that stays, and rests while that sleeps. */
export async function fateOf(tx: Pick<ReadTx, 'get'>, runtimeId: string): Promise<Fate> {
  const cluster = await tx.get(simulatedClusters, runtimeId);
  if (!cluster || cluster.deletedAt !== undefined) return 'gone';
  return fallsAsleep(cluster) ? 'sleeps' : 'runs';
}

export interface SharedAgentsOptions {
  readonly registry: Registry;
  /** Those that run beside this plane. */
  readonly agents: Agents;
  readonly owner: string;
  /** Has the agent of a runtime started here, with a new token. */
  readonly connect: (runtimeId: string) => Promise<void>;
  readonly report: (message: string, details?: Record<string, unknown>) => void;
}

export interface SharedAgents extends AgentSupervisor {
  readonly carried: readonly Carried[];
  /** Starts the agents of this plane again. */
  resume(): Promise<void>;
  /** Is to be called when the state of an agent beside this plane has changed. */
  changed(runtimeId: string): void;
  stop(): Promise<void>;
}

export function shareAgents({ registry, agents, owner, connect, report }: SharedAgentsOptions): SharedAgents {
  const { latest } = registry;
  const ends: (() => void)[] = [];
  const runsHere = (runtimeId: string) => agents.state(runtimeId) !== 'none';
  const failing = (what: string, runtime: string) => (error: Error) => report(what, { runtime, error: error.message });

  /** @throws ClusterError where its cluster is gone meanwhile, or asleep */
  const own = (runtimeId: string) =>
    registry.write({ ...BY, operation: 'runAgent' }, async (tx) => {
      const cluster = await tx.get(simulatedClusters, runtimeId);
      if ((await fateOf(tx, runtimeId)) !== 'runs') throw clusterMissing(cluster?.name ?? runtimeId);
      await tx.put(localAgents, { id: runtimeId, owner, state: 'connecting' });
    });
  const forget = (runtimeId: string) => registry.write({ ...BY, operation: 'forgetAgent' }, (tx) => tx.delete(localAgents, runtimeId));

  /** Writing it renews the claim, too. */
  const tell = (runtimeId: string, always = false) =>
    registry.write({ ...BY, operation: 'agentState' }, async (tx) => {
      const known = await tx.get(localAgents, runtimeId);
      const state = agents.state(runtimeId);
      if (known?.owner === owner && state !== 'none' && (always || known.state !== state)) await tx.put(localAgents, { ...known, state });
    });

  /** Whether the agent of a runtime is this plane's; takes those that are nobody's. */
  const claim = (runtimeId: string) =>
    registry.write({ ...BY, operation: 'runAgent' }, async (tx): Promise<Fate> => {
      const known = await tx.get(localAgents, runtimeId);
      const fate = await fateOf(tx, runtimeId);
      if (known && known.owner !== owner) return 'gone';
      if (fate === 'runs') await tx.put(localAgents, { id: runtimeId, owner, state: 'connecting' });
      return fate;
    });

  /** An agent here ends when another plane has connected it, or its cluster goes; it rests while that sleeps. */
  async function look(runtimeId: string): Promise<void> {
    const known = await latest.get(localAgents, runtimeId);
    const fate = await fateOf(latest, runtimeId);
    if (fate === 'gone' || (known && known.owner !== owner) || (!known && runsHere(runtimeId) && fate === 'runs'))
      await agents.remove(runtimeId);
    else if (fate === 'sleeps' && runsHere(runtimeId)) await agents.rest(runtimeId);
  }

  /** A runtime whose plane is gone. */
  async function takeUp(runtimeId: string): Promise<'goes on' | void> {
    if (!runsHere(runtimeId)) {
      if ((await fateOf(latest, runtimeId)) !== 'runs') return forget(runtimeId);
      await connect(runtimeId);
    }
    return 'goes on';
  }

  return {
    carried: [{ from: localAgents, work: takeUp }],
    async start(configuration) {
      await own(configuration.runtimeId);
      await agents.start(configuration);
    },
    async rest(runtimeId) {
      await forget(runtimeId);
      await agents.rest(runtimeId);
    },
    async remove(runtimeId) {
      await forget(runtimeId);
      await agents.remove(runtimeId);
    },
    async state(runtimeId) {
      return runsHere(runtimeId) ? agents.state(runtimeId) : ((await latest.get(localAgents, runtimeId))?.state ?? 'none');
    },
    async log(runtimeId) {
      const known = await latest.get(localAgents, runtimeId);
      if (!known || known.owner === owner) return agents.log(runtimeId);
      return ['this agent runs beside another plane of this Registry, and so does its log'];
    },
    changed: (runtimeId) => void tell(runtimeId).catch(failing('the state of an agent could not be written', runtimeId)),
    async resume() {
      ends.push(
        registry.watch(({ changes }) => {
          for (const { collection: name, id } of changes)
            if ((name === localAgents.name || name === simulatedClusters.name) && agents.has(id))
              look(id).catch(failing('an agent that is not ours could not be ended', id));
        }),
      );
      await agents.resume(claim);
      const all = await latest.find(localAgents, 'all', 'all');
      for (const { id } of all.filter((one) => one.owner === owner && !runsHere(one.id)))
        takeUp(id).catch(failing('an agent could not be started again', id));
      const renewal = setInterval(async () => {
        for (const { id } of await latest.find(localAgents, 'all', 'all'))
          await tell(id, true).catch(failing('an agent could not be kept', id));
      }, RENEWAL).unref();
      ends.push(() => clearInterval(renewal));
    },
    async stop() {
      for (const end of ends.splice(0)) end();
      await agents.stop();
    },
  };
}
