/** What the Gateway counts of requests, and where it is read. */
import type { GatewayOptions, Mount } from './gateway.ts';
import { METRICS_TYPE, type Metrics } from './metrics.ts';

const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['/director', 'director'],
  ['/connector', 'connector'],
  ['/provisioner', 'provisioner'],
  ['/oauth2/token', 'identity'],
  ['/.well-known/jwks.json', 'identity'],
  ['/v1', 'adapter'],
  ['/', 'adapter'],
]);

/** Kinds of requests whose counters are kept at hand. */
const MOST_KINDS = 500;

/** Methods that mean something here; what else callers write is one. */
const METHODS = new Set(['get', 'head', 'post', 'put', 'patch', 'delete', 'options']);

/** Counts every answer by system, and those of the Director's GraphQL under the reference's names (`reference: facts/security.md 1.1`). */
export function requestMetrics(metrics: Metrics): NonNullable<GatewayOptions['observe']> {
  const total = metrics.counter('compass_gateway_requests_total', 'Requests answered, by system.');
  const duration = metrics.histogram('compass_gateway_request_duration_seconds', 'Time from the whole request to its answer, by system.');
  const graphqlTotal = metrics.counter('compass_director_graphql_request_total', 'GraphQL requests that the Director answered.');
  const graphqlDuration = metrics.histogram('compass_director_graphql_request_duration_seconds', 'Time that they took.');
  const known = new Map<string, (seconds: number) => void>();

  /** Everything that is counted of such a request. */
  function noting(wire: string, mount: Mount | undefined, isGraphQL: boolean, code: number): (seconds: number) => void {
    const method = METHODS.has(wire.toLowerCase()) ? wire.toLowerCase() : 'other';
    const system = (mount && SYSTEMS.get(mount.base)) ?? 'gateway';
    const counts = [total.of({ system, method, code }), ...(isGraphQL ? [graphqlTotal.of({ code, method })] : [])];
    const times = [duration.of({ system }), ...(isGraphQL ? [graphqlDuration.of({ code, method })] : [])];
    return (seconds) => {
      for (const count of counts) count();
      for (const time of times) time(seconds);
    };
  }

  return ({ method, path }, mount, { status }, milliseconds) => {
    const isGraphQL = path === '/director/graphql';
    const key = `${method} ${mount?.base} ${isGraphQL} ${status}`;
    let note = known.get(key);
    if (!note) {
      note = noting(method, mount, isGraphQL, status);
      if (known.size < MOST_KINDS) known.set(key, note);
    }
    note(milliseconds / 1000);
  };
}

/** Numbers about the process itself, under the names that every Prometheus knows. */
export function processMetrics(metrics: Metrics, version: string): void {
  const started = Date.now() / 1000 - process.uptime();
  metrics.gauge('compass_build_info', 'Always 1; its label says which version runs.', () => 1, { version });
  metrics.gauge('process_start_time_seconds', 'When the process started, in seconds since 1970.', () => started);
  metrics.gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  metrics.gauge('process_cpu_seconds_total', 'Processor time of the process.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
}

/** Only on the plain listener: who scrapes has no certificate, and a public listener is none of its business. */
export const metricsMount = (metrics: Metrics): Mount => ({
  base: '/metrics',
  needsCredential: () => false,
  answer: async ({ method, path, tls }) =>
    path === '/' && !tls && (method === 'GET' || method === 'HEAD')
      ? { status: 200, headers: { 'content-type': METRICS_TYPE }, body: metrics.text() }
      : { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: '404 page not found\n' },
});
