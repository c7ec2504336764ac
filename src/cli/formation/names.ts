/** Names of those whom deliveries concern. */
import type { Client } from '../../client/client.ts';
import { GraphQLError } from '../../client/errors.ts';
import type { Delivery } from '../../client/notifications.ts';
import { progressOf } from './progress.ts';
import { Failure } from '../failure/failure.ts';

/** As far as their formations still tell: who has left keeps its id. */
export async function participantNames(
  director: Client,
  deliveries: readonly Pick<Delivery, 'formationID'>[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(deliveries.map(({ formationID }) => formationID))) {
    try {
      for (const { source, sourceName, target, targetName } of (await progressOf(director, id)).assignments) {
        names.set(source, sourceName);
        names.set(target, targetName);
      }
    } catch (error) {
      if (!(error instanceof Failure) && !(error instanceof GraphQLError)) throw error;
    }
  }
  return names;
}
