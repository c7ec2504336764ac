/** Faults and failures as the wire tells them (`reference: facts/provisioner.md 2`). */
import type { ErrorWords, Fault } from '../../wire/graphql-endpoint.ts';
import { CLUSTER_SIDE, ClusterError } from '../cluster/error.ts';
import { INTERNAL, ProvisionerError, UncategorizedError } from '../errors.ts';

const extensions = ({ code, reason, component }: Pick<ProvisionerError, 'code' | 'reason' | 'component'>) => ({
  error_code: code,
  error_component: component,
  error_reason: reason,
});

const UNCATEGORIZED = extensions({ code: 500, reason: INTERNAL, component: 'provisioner' });

function faultText({ kind, message, line }: Fault): string {
  const place = line === undefined ? 'input' : `input:${line}`;
  return `${place}: ${kind === 'variables' ? 'variable.' : ''}${message}`;
}

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
