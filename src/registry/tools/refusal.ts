/** A tool does not do what it was asked for, and nothing was changed, or the result is not to be trusted. */
export class RegistryRefusal extends Error {
  override readonly name = 'RegistryRefusal';
  constructor(
    message: string,
    /** Whether something is in the way that the caller may want to replace. */
    readonly isOccupied = false,
  ) {
    super(message);
  }
}
