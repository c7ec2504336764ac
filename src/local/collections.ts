/** Every collection that the plane keeps: what the Registry builds its indexes of when it is opened, and what is checked, copied and exported. */
import { authorities, issuedCertificates, revocations } from '../connector/records.ts';
import { CONCEPTS } from '../director/concepts.ts';
import { simulatedClusters } from '../provisioner/providers/clusters.ts';
import { orderedClusters } from '../provisioner/providers/foreign.ts';
import { pendingOrders, provisionedRuntimes, provisioningOperations } from '../provisioner/records.ts';
import type { Collection } from '../registry/contract.ts';
import { planeSecrets } from './secrets.ts';
import { localAgents } from './shared-agents.ts';

export const COLLECTIONS: readonly Collection<never>[] = [
  ...new Set([
    ...CONCEPTS.flatMap((concept) => concept.collections ?? []),
    authorities,
    issuedCertificates,
    revocations,
    pendingOrders,
    provisionedRuntimes,
    provisioningOperations,
    simulatedClusters,
    localAgents,
    orderedClusters,
    planeSecrets,
  ]),
];
