import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src/gateway/metrics.ts';
import { metricsMount, requestMetrics } from '../../../src/gateway/request-metrics.ts';
import { NOBODY } from '../../../src/identity/identity.ts';

const request = { method: 'POST', path: '/director/graphql', query: '', headers: {}, body: '', requestId: '', remote: '' };
const mount = { base: '/director', needsCredential: () => true, answer: async () => ({ status: 200, body: '' }) };

describe('metrics', () => {
  it('are written as Prometheus reads them', () => {
    const metrics = createMetrics();
    metrics.counter('c_total', 'Counts.').add({ a: 'x"\n\\', b: 1 }, 2);
    const histogram = metrics.histogram('h_seconds', 'Times.');
    for (const seconds of [0.001, 0.02, 60]) histogram.observe({}, seconds);
    metrics.gauge('g', 'Now.', () => 7);
    metrics.gauge('absent', 'Never.', () => undefined);
    const text = metrics.text();
    expect(text).toContain('# HELP c_total Counts.\n# TYPE c_total counter\nc_total{a="x\\"\\n\\\\",b="1"} 2\n');
    expect(text).toContain('h_seconds_bucket{le="0.005"} 1\n');
    expect(text).toContain('h_seconds_bucket{le="0.025"} 2\n');
    expect(text).toContain('h_seconds_bucket{le="10"} 2\nh_seconds_bucket{le="+Inf"} 3\nh_seconds_sum 60.021\nh_seconds_count 3\n');
    expect(text).toContain('# TYPE g gauge\ng 7\n');
    expect(text).not.toContain('absent');
    expect(text.endsWith('\n')).toBe(true);
  });

  it('of requests have the names of the reference for the Director', () => {
    const metrics = createMetrics();
    const observe = requestMetrics(metrics);
    observe(request, mount, { status: 200, body: '' }, 3);
    observe({ ...request, path: '/nothing' }, undefined, { status: 404, body: '' }, 1);
    observe({ ...request, method: 'BREW' }, mount, { status: 400, body: '' }, 1);
    const text = metrics.text();
    expect(text).toContain('compass_director_graphql_request_total{code="200",method="post"} 1\n');
    expect(text).toContain('compass_director_graphql_request_duration_seconds_bucket{code="200",method="post",le="0.005"} 1\n');
    expect(text).toContain('compass_gateway_requests_total{system="gateway",method="post",code="404"} 1\n');
    expect(text).toContain('{system="director",method="other",code="400"} 1\n');
  });

  it('do not grow with what callers make up', () => {
    const metrics = createMetrics();
    const counter = metrics.counter('c_total', 'Counts.');
    for (let n = 0; n < 5000; n++) counter.add({ n });
    expect(metrics.text().split('\n').length).toBeLessThan(1100);
  });

  it('are read on the plain listener alone', async () => {
    const answer = (more: object) =>
      metricsMount(createMetrics()).answer({ ...request, method: 'GET', path: '/', caller: NOBODY, ...more });
    expect((await answer({})).status).toBe(200);
    expect((await answer({ tls: {} })).status).toBe(404);
    expect((await answer({ path: '/x' })).status).toBe(404);
    expect((await answer({ method: 'POST' })).status).toBe(404);
  });
});
