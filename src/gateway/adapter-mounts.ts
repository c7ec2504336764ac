/** The old REST interface behind the Gateway: pairing on both listeners, services for certificates alone. */
import type { Adapter } from '../adapter/adapter.ts';
import type { Clients } from './clients.ts';
import { NO_ROUTE, type Mount } from './gateway.ts';

const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE']);

/** Below `/v1`. */
const PAIRING = /^\/(?:health$|applications\/)/;

/** The second takes every path that nobody took before it: it must be the last of all. */
export const adapterMounts = (adapter: Adapter, clients: Clients): readonly Mount[] => [
  {
    base: '/v1',
    needsCredential: () => false,
    async answer(request) {
      if (!METHODS.has(request.method) || !PAIRING.test(request.path)) return NO_ROUTE;
      const session = (takesTokenInAddress: boolean) => clients.session(takesTokenInAddress ? request : { ...request, query: '' });
      return adapter.pairing({ ...request, path: `/v1${request.path}` }, session);
    },
  },
  {
    base: '/',
    needsCredential: () => false,
    async answer(request) {
      if (!METHODS.has(request.method) || (!request.tls && !request.presented)) return NO_ROUTE;
      return (await adapter.services(request, () => clients.session(request))) ?? NO_ROUTE;
    },
  },
];
