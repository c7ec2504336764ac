/** What callers are told of a failure in a resolver: errors of rules as they are, everything else without what is inside. */
import { randomUUID } from 'node:crypto';
import type { GraphQLError } from 'graphql';
import { RegistryUnavailable, UniqueViolation } from '../registry/contract.ts';
import type { DirectorOptions } from './context.ts';
import { DirectorError, InternalError, internalErrorAt, notUnique, UnclassifiedError } from './errors.ts';

export interface ErrorTeller {
  /** An error with code 10, with a reason that the caller can act on or without. */
  internal(reason?: string): InternalError;
  /** An error of an execution in the wire's terms; causes that nobody foresaw are reported. */
  told(error: GraphQLError): DirectorError;
  /** What the registry refused, in the wire's terms; undefined for all other errors. */
  ofRegistry(error: unknown): DirectorError | undefined;
}

export function errorTeller({ newId = randomUUID, report }: Pick<DirectorOptions, 'newId' | 'report'>): ErrorTeller {
  const internal = (reason?: string) => new InternalError(newId(), reason);
  const ofRegistry = (error: unknown): DirectorError | undefined => {
    if (error instanceof UniqueViolation) return notUnique(error.collection.replace(/s$/, ''));
    return error instanceof RegistryUnavailable ? internal('the registry is not available, try again') : undefined;
  };
  return {
    internal,
    ofRegistry,
    told(error) {
      const cause = error.originalError;
      if (cause instanceof DirectorError) return cause;
      if (cause instanceof UnclassifiedError) return internalErrorAt(newId(), error.path ?? [], cause);
      const refused = ofRegistry(cause);
      if (refused) return refused;
      if (!cause || error.message.startsWith('Cannot return null for non-nullable field'))
        return internal(
          `input: ${error.path?.join('.') ?? ''} ${cause ? 'the requested element is null which the schema does not allow' : error.message}`,
        );
      report?.('a resolver failed', { error: cause.stack ?? String(cause), path: error.path?.join('.') });
      return internal();
    },
  };
}
