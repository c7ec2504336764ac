/** The Connector behind the Gateway: who comes with neither a good token nor a good certificate gets 400 and not a word. */
import type { Connector } from '../connector/connector.ts';
import type { AuthoritiesDesk } from './authorities-desk.ts';
import type { Clients } from './clients.ts';
import { NO_ROUTE, type Mount } from './gateway.ts';
import type { Outgoing } from './listener.ts';
import { playground } from '../wire/playground.ts';

const DENIED: Outgoing = { status: 400, body: '' };
const HEALTHY: Outgoing = { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'ok' };
const PLAYGROUND = playground({
  system: 'Connector',
  query: '{ configuration { token { token } certificateSigningRequestInfo { subject keyAlgorithm } managementPlaneInfo { directorURL } } }',
  headers: { 'connector-token': 'One-time token (asking for the configuration uses it up and answers the next one)' },
});

const AUTHORITIES = '/v1/authorities';

export const connectorMount = (connector: Connector, clients: Clients, authorities?: AuthoritiesDesk): Mount => ({
  base: '/connector',
  needsCredential: ({ path }) => path === AUTHORITIES,
  async answer(request) {
    if (request.path === '/healthz') return HEALTHY;
    if (request.path === '/') return PLAYGROUND;
    if (request.path === AUTHORITIES) return (await authorities?.(request)) ?? NO_ROUTE;
    if (request.path !== '/graphql' || (request.method !== 'GET' && request.method !== 'POST')) return NO_ROUTE;
    const session = await clients.session(request);
    return session ? connector.graphql(request, session.connector) : DENIED;
  },
});
