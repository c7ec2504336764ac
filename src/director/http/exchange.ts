/** A request as the Gateway hands it to the Director, with who is calling. */
import type { Identity } from '../../identity/identity.ts';
import type { WireAnswer, WireRequest } from '../../wire/exchange.ts';

export interface Request extends WireRequest {
  readonly caller: Identity;
  readonly requestId: string;
}

export type Answer = WireAnswer;
