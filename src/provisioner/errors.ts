/** What the Provisioner's wire says went wrong: a number, a reason for programs, and who said so (`reference: facts/provisioner.md 2`). */
import type { ErrorWords } from '../wire/graphql-endpoint.ts';
import { faultText } from './request-faults.ts';
import { CLUSTER_SIDE, ClusterError } from './cluster/error.ts';

const INTERNAL = 'err_provisioner_internal';
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

const extensions = ({ code, reason, component }: Pick<ProvisionerError, 'code' | 'reason' | 'component'>) => ({
  error_code: code,
  error_component: component,
  error_reason: reason,
});

const UNCATEGORIZED = extensions({ code: 500, reason: INTERNAL, component: SELF });

/** How faults and failures are told; `report` hears of those that are nobody's fault but ours. */
export const provisionerWords = (report?: (message: string, details: Record<string, unknown>) => void): ErrorWords => ({
  fault: (fault) => ({ message: faultText(fault), extensions: UNCATEGORIZED }),
  failure: ({ message, path, originalError }) => {
    if (originalError instanceof ProvisionerError) return { message: originalError.message, path, extensions: extensions(originalError) };
    if (originalError instanceof ClusterError) {
      const { code, reason } = originalError;
      return { message: originalError.message, path, extensions: extensions({ code, reason, component: CLUSTER_SIDE }) };
    }
    const place = `input: ${path?.join('.') ?? ''}`;
    if (originalError instanceof UncategorizedError) {
      const whole = [place, ...originalError.below].join('.');
      return { message: `${whole} ${originalError.message}`, path, extensions: UNCATEGORIZED };
    }
    report?.('a request to the Provisioner failed', { error: originalError?.stack ?? message, path: path?.join('.') });
    return { message: `${place} internal system error`, path, extensions: UNCATEGORIZED };
  },
});
