/** An application's or runtime's credential opens that object for writing, never its neighbours in the tenant: those are answered as if they were unknown. */
import type { Call } from '../call.ts';

const CONSUMER_TYPES = { application: 'Application', runtime: 'Runtime' } as const;

/** Whether the caller is an object of that kind, and another one. */
export const isNeighbour = ({ caller: { consumer } }: Call, kind: keyof typeof CONSUMER_TYPES, id: string): boolean =>
  consumer.type === CONSUMER_TYPES[kind] && consumer.id !== id;

/** Whether the caller is an application or a runtime, and not this object: for what belongs to objects of several kinds. */
export const isAnotherObject = (call: Call, id: string): boolean =>
  isNeighbour(call, 'application', id) || isNeighbour(call, 'runtime', id);
