/** A request as the Gateway hands it to a system, and the answer that the system gives: no sockets, so that systems can be asked in the same process. */

export interface WireRequest {
  readonly method: string;
  /** Below the system's base: `/graphql`. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}
