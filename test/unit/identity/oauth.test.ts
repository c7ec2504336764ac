import { beforeEach, describe, expect, it } from 'vitest';
import { tokenEndpoint } from '../../../src/identity/http.ts';
import { createThrottle, DEFAULT_THROTTLE, sourceOf } from '../../../src/identity/throttle.ts';

const CLIENT = { id: 'client-1', secret: 's3cr:t +ü', scopes: ['application:read', 'application:write'] };
const FORM = 'application/x-www-form-urlencoded';

let now: number;
let issued: { claims: Readonly<Record<string, unknown>>; lifetime: number }[];
let answer: ReturnType<typeof tokenEndpoint>;

beforeEach(() => {
  now = 0;
  issued = [];
  answer = tokenEndpoint({
    client: (id) => (id === CLIENT.id ? CLIENT : undefined),
    issue(claims, lifetime) {
      issued.push({ claims, lifetime });
      return 'signed';
    },
    lifetime: 900_000,
    throttle: createThrottle({ ...DEFAULT_THROTTLE, free: 2, firstWait: 1_000 }, () => now),
  });
});

async function ask(form: Record<string, string> | string, headers: Record<string, string> = {}, method = 'POST', remote = '10.0.0.1') {
  const {
    status,
    headers: answered,
    body,
  } = await answer({
    method,
    headers: { 'content-type': FORM, ...headers },
    body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
    remote,
  });
  return { status, headers: answered, body: JSON.parse(body) as Record<string, unknown> };
}

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});
const inForm = { grant_type: 'client_credentials', client_id: CLIENT.id, client_secret: CLIENT.secret };

describe('the token endpoint', () => {
  it('grants all of the scopes of the client where it asks for none, by form or header', async () => {
    const granted = { access_token: 'signed', token_type: 'bearer', expires_in: 900, scope: 'application:read application:write' };
    await expect(ask(inForm)).resolves.toMatchObject({ status: 200, body: granted, headers: { 'cache-control': 'no-store' } });
    await expect(ask({ grant_type: 'client_credentials' }, basic(CLIENT.id, CLIENT.secret))).resolves.toMatchObject({
      status: 200,
      body: granted,
    });
    expect(issued[0]).toMatchObject({ claims: { client_id: CLIENT.id, scopes: 'application:read application:write' }, lifetime: 900_000 });
  });

  it('grants less where less is asked for, and never more', async () => {
    await expect(ask({ ...inForm, scope: 'application:read' })).resolves.toMatchObject({ body: { scope: 'application:read' } });
    await expect(ask({ ...inForm, scope: 'application:read ory_internal' })).resolves.toMatchObject({
      status: 400,
      body: { error: 'invalid_scope' },
    });
    expect(issued).toHaveLength(1);
  });

  it('does not tell an unknown client from a wrong secret', async () => {
    const unknown = await ask({ ...inForm, client_id: 'nobody' });
    const wrong = await ask({ ...inForm, client_secret: 'x' });
    expect(unknown).toEqual(wrong);
    expect(wrong).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
      headers: { 'www-authenticate': expect.stringContaining('Basic') },
    });
  });

  it('takes an empty secret of an unknown client for what it is', async () => {
    await expect(ask({ ...inForm, client_id: 'nobody', client_secret: '' })).resolves.toMatchObject({ status: 401 });
  });

  it.each([
    ['another grant', { ...inForm, grant_type: 'password' }, {}, 400, 'unsupported_grant_type'],
    ['no grant', { client_id: CLIENT.id, client_secret: CLIENT.secret }, {}, 400, 'invalid_request'],
    ['no client', { grant_type: 'client_credentials' }, {}, 401, 'invalid_client'],
    ['two ways to name the client', inForm, basic(CLIENT.id, CLIENT.secret), 400, 'invalid_request'],
    ['a bearer token', { grant_type: 'client_credentials' }, { authorization: 'Bearer x' }, 401, 'invalid_client'],
    ['a parameter twice', `${new URLSearchParams(inForm).toString()}&grant_type=client_credentials`, {}, 400, 'invalid_request'],
    ['JSON', '{}', { 'content-type': 'application/json' }, 400, 'invalid_request'],
  ])('refuses %s', async (_, form, headers, status, error) => {
    await expect(ask(form, headers)).resolves.toMatchObject({ status, body: { error } });
    expect(issued).toEqual([]);
  });

  it('is asked by POST alone', async () => {
    await expect(ask(inForm, {}, 'GET')).resolves.toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });

  it('lets who guesses wait, and nobody else', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) await ask({ ...inForm, client_secret: 'guess' });
    await expect(ask(inForm)).resolves.toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    await expect(ask(inForm, {}, 'POST', '10.0.0.2')).resolves.toMatchObject({ status: 200 });
    now = 1_000;
    await expect(ask(inForm)).resolves.toMatchObject({ status: 200 });
  });
});

describe('the throttle', () => {
  const options = { free: 0, firstWait: 100, longestWait: 400, memory: 10_000, sources: 2 };

  it('doubles the wait up to a limit, and forgets in time', () => {
    const throttle = createThrottle(options, () => now);
    const waits = [1, 2, 3, 4].map(() => {
      throttle.failed('1.1.1.1');
      return throttle.waitOf('1.1.1.1');
    });
    expect(waits).toEqual([100, 200, 400, 400]);
    now = 10_001;
    throttle.failed('1.1.1.1');
    expect(throttle.waitOf('1.1.1.1')).toBe(100);
  });

  it('remembers no more sources than it may', () => {
    const throttle = createThrottle(options, () => now);
    for (const source of ['1.1.1.1', '2.2.2.2', '3.3.3.3']) throttle.failed(source);
    expect(['1.1.1.1', '2.2.2.2', '3.3.3.3'].map((source) => throttle.waitOf(source))).toEqual([0, 100, 100]);
  });

  it('takes a network of IPv6 for one source, and a mapped IPv4 address for what it is', () => {
    expect(sourceOf('2001:db8::1')).toBe(sourceOf('2001:db8:0:0:ffff::2'));
    expect(sourceOf('2001:db8:0:1::1')).not.toBe(sourceOf('2001:db8::1'));
    expect(sourceOf('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(sourceOf('::1')).toBe('0:0:0:0');
  });
});
