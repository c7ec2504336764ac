/** The Connector behind the Gateway: who comes with neither a good token nor a good certificate gets 400 and not a word. */
import type { Connector } from '../connector/connector.ts';
import type { Clients } from './clients.ts';
import { NO_ROUTE, type Mount } from './gateway.ts';
import type { Outgoing } from './listener.ts';

const DENIED: Outgoing = { status: 400, body: '' };
const HEALTHY: Outgoing = { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'ok' };

export const connectorMount = (connector: Connector, clients: Clients): Mount => ({
  base: '/connector',
  needsCredential: () => false,
  async answer(request) {
    if (request.path === '/healthz') return HEALTHY;
    if (request.path !== '/graphql' || (request.method !== 'GET' && request.method !== 'POST')) return NO_ROUTE;
    const session = await clients.session(request);
    return session ? connector.graphql(request, session.connector) : DENIED;
  },
});
