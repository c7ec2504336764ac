/** One-time tokens that are guessed: the source has to wait, at the Connector, at the Director and at the old REST interface alike. */
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_THROTTLE } from '../../../src/identity/throttle.ts';
import { DEFAULT_OPTIONS } from '../../../src/local/options.ts';
import { type Plane, startPlane } from '../../../src/local/plane.ts';

let plane: Plane;
beforeEach(async () => {
  plane = await startPlane({ ...DEFAULT_OPTIONS, version: '0.0.0-test', dataDir: tmpdir() });
});
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
