/** What the Provisioner's wire says went wrong: a number, a reason for programs, and who said so (`reference: facts/provisioner.md 2`). */

export const INTERNAL = 'err_provisioner_internal';
const SELF = 'provisioner';
const DATABASE = 'db - provisioner';

/** An error that goes to the caller as it is. */
export class ProvisionerError extends Error {
  override readonly name = 'ProvisionerError';

  constructor(
    message: string,
    readonly code: number,
    readonly reason: string = INTERNAL,
    readonly component: string = SELF,
  ) {
    super(message);
  }

  /** The same error with words of the place where it came up before its own. */
  within(context: string): ProvisionerError {
    return new ProvisionerError(`${context}, ${this.message}`, this.code, this.reason, this.component);
  }
}

/** What ends an operation, where other errors are tried again until its stage is out of time. */
export class OperationFailed extends ProvisionerError {}

/** An error without a category: its message is told together with the field that it came up in. */
export class UncategorizedError extends Error {
  override readonly name = 'UncategorizedError';

  constructor(
    message: string,
    /** Where in the field's arguments. */
    readonly below: readonly string[] = [],
  ) {
    super(message);
  }
}

export const badRequest = (message: string) => new ProvisionerError(message, 400);
export const internalError = (message: string) => new ProvisionerError(message, 500);
export const databaseError = (message: string) => new ProvisionerError(message, 1, 'err_db_internal', DATABASE);
export const notFound = (message: string) => new ProvisionerError(message, 2, 'err_db_not_found', DATABASE);
export const timeoutError = () => new OperationFailed('error: timeout while processing operation', 500, 'err_provisioner_timeout');
/** What Gardener says of a cluster; `codes` are its own. */
export const gardenerError = (message: string, codes: readonly string[]) =>
  new ProvisionerError(message, 501, codes.join(', '), 'gardener');
