/** What the Connector tells its clients: plain messages (`reference: facts/connector.md 4`). */
import type { ErrorWords } from '../wire/graphql-endpoint.ts';

/** An error whose message goes to the client as it is. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
}

export const AUTHENTICATION = {
  token:
    'Failed to authenticate request. Token authentication error: Failed to authenticate with one time token.. Certificate authentication error: Failed to authenticate with Certificate. Invalid subject.',
  certificate: 'Failed to authenticate with certificate: Failed to authenticate with Certificate. Invalid subject.',
} as const;

const CODES = {
  parse: 'GRAPHQL_PARSE_FAILED',
  validation: 'GRAPHQL_VALIDATION_FAILED',
  variables: 'GRAPHQL_VALIDATION_FAILED',
  operation: 'GRAPHQL_VALIDATION_FAILED',
  body: undefined,
} as const;

/** How faults and failures are told; `report` hears of those that are nobody's fault but ours. */
export const connectorWords = (report?: (message: string, details: Record<string, unknown>) => void): ErrorWords => ({
  fault: ({ kind, message, line, column, place }) => ({
    message: place?.why ?? message,
    ...(place ? { path: place.path } : {}),
    ...(line === undefined ? {} : { locations: [{ line, column }] }),
    ...(CODES[kind] ? { extensions: { code: CODES[kind] } } : {}),
  }),
  failure: ({ message, path, originalError }) => {
    if (originalError instanceof ConnectorError) return { message, path };
    report?.('a request to the Connector failed', { error: originalError?.stack ?? message, path: path?.join('.') });
    return { message: 'Internal Server Error', path };
  },
});
