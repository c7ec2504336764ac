/** "Who am I": the caller as the plane understands it. */
import type { Call } from '../call.ts';
import { InternalError, unclassified } from '../errors.ts';
import type { Viewer, ViewerType } from '../schema/types.generated.ts';

const VIEWER_TYPES: Readonly<Record<string, ViewerType>> = {
  Runtime: 'RUNTIME',
  Application: 'APPLICATION',
  'Integration System': 'INTEGRATION_SYSTEM',
  'Static User': 'USER',
};

/** @throws InternalError where the credential opens nothing, UnclassifiedError for consumers that are none of these kinds */
export function viewerOf({ caller: { consumer }, newId }: Call): Viewer {
  if (consumer.type === '') throw new InternalError(newId());
  const type = Object.hasOwn(VIEWER_TYPES, consumer.type) ? VIEWER_TYPES[consumer.type] : undefined;
  if (!type) throw unclassified(`viewer does not know consumers of type "${consumer.type}"`);
  return { id: consumer.id, type };
}
