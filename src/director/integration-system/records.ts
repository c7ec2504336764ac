import { collection, type Stored } from '../../registry/contract.ts';

/** A system that looks after applications of others; global. */
export interface IntegrationSystemRecord extends Stored {
  readonly name: string;
  readonly description?: string;
}

export const integrationSystems = collection<IntegrationSystemRecord>()('integrationSystems', {
  name: { keys: (system) => [system.name], unique: true },
  all: { keys: () => ['all'] },
});
