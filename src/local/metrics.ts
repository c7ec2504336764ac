/** What a plane counts, composed. */
import { createMetrics, type Metrics } from '../gateway/metrics.ts';
import { processMetrics } from '../gateway/request-metrics.ts';
import type { Authorities } from '../connector/authorities.ts';
import { X509Certificate } from 'node:crypto';
import type { Provisioner } from '../provisioner/provisioner.ts';
import type { Registry } from '../registry/contract.ts';

export function planeMetrics(registry: Registry, authorities: Authorities, version: string): Metrics {
  const metrics = createMetrics();
  processMetrics(metrics, version);
  metrics.gauge('compass_registry_sequence', 'Number of the last change; left out where several processes write.', () => registry.sequence);
  let runsOut: number | undefined;
  authorities.onAccepted(([signs]) => (runsOut = signs && Date.parse(new X509Certificate(signs.certificate).validTo) / 1000));
  metrics.gauge(
    'compass_client_authority_not_after_seconds',
    'When the authority that signs client certificates runs out, in seconds since 1970.',
    () => runsOut,
  );
  return metrics;
}

/** `DeprovisionNoInstall` as names of metrics have it. */
const inWords = (kind: string) => kind.replaceAll(/\B[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** Gauges of the Provisioner by their names in the reference (`reference: facts/provisioner.md 1`). */
export function provisionerMetrics(metrics: Metrics, { underWay }: Pick<Provisioner, 'underWay'>): void {
  for (const { kind, count } of underWay)
    metrics.gauge(
      `kcp_provisioner_in_progress_${inWords(kind)}_operations_total`,
      `Operations ${kind} that this process drives at the moment.`,
      count,
    );
}
