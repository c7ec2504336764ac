/** The Provisioner behind the Gateway. It looks at the Tenant header alone, so only those may enter who may act for every tenant. */
import { decodedPart } from '../text/uri.ts';
import { playground } from '../wire/playground.ts';
import type { Identity } from '../identity/identity.ts';
import type { Provisioner } from '../provisioner/provisioner.ts';
import type { Mount } from './gateway.ts';
import type { Outgoing } from './listener.ts';

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };
const HEALTHY: Outgoing = { status: 200, headers: TEXT, body: 'ok' };
const PLAYGROUND = playground({
  system: 'Runtime Provisioner',
  query: '{ runtimeStatus(id: "") { lastOperationStatus { operation state message } runtimeConnectionStatus { status } } }',
  headers: { authorization: 'Token', tenant: 'Tenant' },
});
/** In the words of this wire. */
const NO_ROUTE: Outgoing = { status: 404, headers: TEXT, body: '404 page not found\n' };
const NEEDED = ['runtime:read', 'runtime:write'];
/** Whoever has a Director object of its own acts for that object alone; tokens without a consumer are those of installations. */
const OPERATORS: ReadonlySet<string> = new Set(['', 'Static User', 'Super Admin', 'Integration System', 'Technical Client']);

const REFUSED: Outgoing = {
  status: 403,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    errors: [
      {
        message: `runtimes are provisioned by administrators with the scopes ${NEEDED.join(' and ')}`,
        extensions: { error_code: 403, error_reason: 'Forbidden', error_component: 'gateway' },
      },
    ],
    data: null,
  }),
};

const mayEnter = ({ consumer, scopes }: Identity) => OPERATORS.has(consumer.type) && NEEDED.every((scope) => scopes.includes(scope));

/** `version` answers for the servers that kubeconfigs of simulated clusters name. */
export const provisionerMount = (provisioner: Provisioner, version: (cluster: string) => Promise<string | undefined>): Mount => ({
  base: '/provisioner',
  namesTenantsItself: true,
  needsCredential: ({ path }) => path === '/graphql' || path.startsWith('/v1/'),
  async answer(request) {
    if (request.path === '/healthz') return HEALTHY;
    if (request.path === '/' && request.method === 'GET') return PLAYGROUND;
    const [, cluster] = /^\/clusters\/([^/]+)\/version$/.exec(request.path) ?? [];
    if (cluster !== undefined) return clusterVersion(await version(decodedPart(cluster)));
    if (request.path !== '/graphql' && !request.path.startsWith('/v1/')) return NO_ROUTE;
    if (!mayEnter(request.caller)) return REFUSED;
    return request.path === '/graphql' ? provisioner.graphql(request) : ((await provisioner.details(request)) ?? NO_ROUTE);
  },
});

function clusterVersion(version: string | undefined): Outgoing {
  if (version === undefined) return NO_ROUTE;
  const [major = '', minor = ''] = version.split('.');
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ major, minor, gitVersion: `v${version}` }),
  };
}
