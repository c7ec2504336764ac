/** Kyma in a simulated cluster: components that are installed one after the other by the clock, and an agent that comes with them. */
import type { AgentState, KymaState } from '../provider.ts';
import { fallsAsleep, faultOf, lasting, ownSchedule, type ClusterRecord, type InstalledKyma } from './clusters.ts';
import type { Schedule } from './faults.ts';

/** The moment at which a fault of that installation strikes. */
export const momentOf = ({ upgrade }: InstalledKyma) => (upgrade ? 'kyma-upgrade' : 'install');

/** How an installation is at that moment. */
export function kymaAt(cluster: ClusterRecord, now: number, usual: Schedule): KymaState {
  const { kyma } = cluster;
  if (!kyma) return { state: 'none', description: '' };
  const { components, version } = kyma;
  const { install } = ownSchedule(cluster, usual);
  const since = now - Date.parse(kyma.since);
  const fault = faultOf(cluster, momentOf(kyma));
  if (fault?.effect === 'endless' || (fault?.effect === 'passing' && since < lasting(cluster, install)))
    return { state: 'failing', description: fault.description, components: components.slice(-1) };
  if (since < install) {
    const done = Math.floor((components.length * since) / install);
    return { state: 'installing', description: `component ${components[done]} (${done + 1} of ${components.length})` };
  }
  if (fault?.effect === 'failed') return { state: 'failed', description: fault.description, components: components.slice(-1) };
  return { state: 'installed', description: `Kyma ${version} with ${components.length} components` };
}

/** How the agent is at that moment: there is one only where Kyma brought it. */
export function agentAt(cluster: ClusterRecord, now: number, usual: Schedule): AgentState {
  if (!cluster.kyma || cluster.agentSince === undefined || fallsAsleep(cluster) || cluster.deletedAt !== undefined) return 'none';
  const connected = now - Date.parse(cluster.agentSince) >= ownSchedule(cluster, usual).agent;
  return connected && !faultOf(cluster, 'agent') ? 'connected' : 'connecting';
}
