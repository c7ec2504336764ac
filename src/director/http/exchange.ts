/** A request as the Gateway hands it to a system, and the answer it sends back: no sockets, so that systems can be asked in the same process. */
import type { Identity } from '../../identity/identity.ts';

export interface Request {
  readonly method: string;
  /** Below the system's base: `/graphql`, `/v1/info`. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly caller: Identity;
  readonly requestId: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}
