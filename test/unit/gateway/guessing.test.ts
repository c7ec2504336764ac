/** One-time tokens that are guessed: the source has to wait, at the Connector, at the Director and at the old REST interface alike. */
import { tmpdir } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { DEFAULT_THROTTLE } from '../../../src/identity/throttle.ts';
import { DEFAULT_OPTIONS, type PlaneOptions } from '../../../src/local/options.ts';
import { type Plane, startPlane } from '../../../src/local/plane.ts';

let plane: Plane;
const start = async (more: Partial<PlaneOptions> = {}) => {
  plane = await startPlane({ ...DEFAULT_OPTIONS, version: '0.0.0-test', dataDir: tmpdir(), ...more });
};
afterEach(() => plane.close());

const connector = (token: string) =>
  fetch(`${plane.ready.connector}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'connector-token': token },
    body: JSON.stringify({ query: '{ configuration { token { token } } }' }),
  });
const director = (token: string) =>
  fetch(`${plane.ready.director}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'connector-token': token },
    body: JSON.stringify({ query: '{ viewer { id } }' }),
  });
const adapter = (token: string) => fetch(`${plane.ready.gateway}/v1/applications/signingRequests/info?token=${token}`);

it.each([
  ['Connector', connector],
  ['Director', director],
  ['old REST interface', adapter],
])('a source that guesses at the %s has to wait everywhere', async (_, guess) => {
  await start();
  const statuses: number[] = [];
  for (let attempt = 0; attempt <= DEFAULT_THROTTLE.free; attempt++) statuses.push((await guess(`guess-${attempt}`)).status);
  expect(statuses).not.toContain(429);
  for (const other of [connector, director, adapter]) {
    const response = await other('one-more');
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('1');
  }
  // those who bring no token are not kept waiting
  expect((await fetch(`${plane.ready.director}/healthz`)).status).toBe(200);
});

it('behind a trusted proxy everybody waits for their own guesses, and for no others', async () => {
  await start({ trustedProxies: ['127.0.0.1', '10.0.0.0/8'] });
  const guessFrom = async (forwarded: string) =>
    (
      await fetch(`${plane.ready.connector}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'connector-token': 'guess', 'x-forwarded-for': forwarded },
        body: '{}',
      })
    ).status;
  for (let attempt = 0; attempt <= DEFAULT_THROTTLE.free; attempt++) await guessFrom(`198.51.100.${attempt}, 203.0.113.7, 10.1.1.1`);
  expect(await guessFrom('203.0.113.7')).toBe(429);
  expect(await guessFrom('203.0.113.8')).toBe(400);
  expect(await guessFrom('203.0.113.7, 203.0.113.8')).toBe(400);
});
