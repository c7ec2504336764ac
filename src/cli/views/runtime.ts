/** How people see runtimes and what is under way with them. */
import type { RuntimeDetailsFragment, RuntimeRowFragment } from '../../client/director.generated.ts';
import type { KymaDetailsFragment, OperationDetailsFragment } from '../../client/provisioner.generated.ts';
import { card, type Card, type Column } from '../output/view.ts';

export const runtimeColumns: readonly Column<RuntimeRowFragment>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ID', of: ({ id }) => id },
  { title: 'STATUS', of: ({ status }) => status.condition },
  { title: 'DESCRIPTION', of: ({ description }) => description },
];

export function runtimeCard(runtime: RuntimeDetailsFragment, headline?: string): Card {
  return card(
    runtime,
    {
      Name: runtime.name,
      ID: runtime.id,
      Status: runtime.status.condition,
      Description: runtime.description,
      Created: runtime.metadata.creationTimestamp,
      Labels: runtime.labels,
    },
    headline,
  );
}

export function operationCard(operation: OperationDetailsFragment, headline?: string): Card {
  return card(
    operation,
    {
      Operation: operation.id,
      Kind: operation.operation,
      State: operation.state,
      Runtime: operation.runtimeID,
      Message: operation.message,
    },
    headline,
  );
}

/** The names of components, for people. */
export const componentsOf = ({ components }: KymaDetailsFragment) => components?.flatMap((one) => one?.component ?? []);

export const kymaCard = (kyma: KymaDetailsFragment, headline?: string): Card =>
  card(kyma, { Version: kyma.version, Profile: kyma.profile, Components: componentsOf(kyma) }, headline);
