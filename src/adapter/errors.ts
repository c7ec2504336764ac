/** What the old REST interface says went wrong (`reference: facts/connector.md 7, 8`). Faults of others are never told as faults of this server. */

export class AdapterError extends Error {
  override readonly name = 'AdapterError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  /** The same error with words of the place where it came up before its own. */
  within(context: string): AdapterError {
    return new AdapterError(this.status, `${context}: ${this.message}`);
  }
}

/** Puts the context before errors of the work that go to the caller. */
export async function within<T>(context: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AdapterError ? error.within(context) : error;
  }
}
