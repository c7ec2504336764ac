import { describe, expect, it } from 'vitest';
import { isSecretName, Masker } from '../../../../src/director/notification/deliveries/masking.ts';

const masker = new Masker(['s3cr3t-value']);

describe('names of secrets', () => {
  it.each([
    'password',
    'clientSecret',
    'client_secret',
    'access_token',
    'apiKey',
    'x-api-key',
    'Authorization',
    'Set-Cookie',
    'privateKey',
  ])('%s is one', (name) => expect(isSecretName(name)).toBe(true));
  it.each(['tokenServiceUrl', 'token_url', 'credentialType', 'secretName', 'tokenId', 'username', 'passenger', 'clientId'])(
    '%s is none',
    (name) => expect(isSecretName(name)).toBe(false),
  );
});

describe('bodies', () => {
  const shown = (body: unknown) => masker.body(typeof body === 'string' ? body : JSON.stringify(body)).body;

  it('keep everything but the secrets of credentials', () => {
    const basic = { uri: 'https://shop', username: 'me', password: 'open' };
    expect(JSON.parse(shown({ credentials: { inboundCommunication: { basicAuthentication: basic } }, state: 'READY' }))).toEqual({
      credentials: { inboundCommunication: { basicAuthentication: { ...basic, password: '***' } } },
      state: 'READY',
    });
  });
  it('are masked in lists under a secret name, and in JSON inside of JSON', () => {
    expect(shown({ tokens: ['a', 'b'] })).toBe('{"tokens":["***","***"]}');
    expect(shown({ configuration: '{"oauth":{"clientSecret":"x","url":"u"}}' })).toBe(
      '{"configuration":"{\\"oauth\\":{\\"clientSecret\\":\\"***\\",\\"url\\":\\"u\\"}}"}',
    );
  });
  it('stay as they were written where nothing is secret', () => expect(shown('{ "a" :  1 }')).toBe('{ "a" :  1 }'));
  it('are masked in forms and broken JSON', () => {
    expect(shown('grant=x&client_secret=abc&b=1')).toBe('grant=x&client_secret=***&b=1');
    expect(shown('{"password": "open", ')).toBe('{"password": "***", ');
  });
  it('show no known secret wherever it stands, nor private keys', () => {
    expect(shown({ note: 'use s3cr3t-value' })).toBe('{"note":"use ***"}');
    expect(shown('-----BEGIN RSA PRIVATE KEY-----\nabc')).toBe('***');
  });
  it('show no known secret in another spelling', () => {
    const quoted = new Masker(['a"b c/d']);
    expect(quoted.body('{"note":"a\\"b c/d"}').body).toBe('{"note":"***"}');
    expect(quoted.url('http://x/?q=a%22b%20c%2Fd')).toBe('http://x/?q=***');
    expect(quoted.text(Buffer.from('a"b c/d').toString('base64'))).toBe('***');
  });
  it('are cut, and say so', () => {
    const long = masker.body('x'.repeat(5_000_000));
    expect([long.body.length, long.length, long.isCut]).toEqual([16_384, 5_000_000, true]);
    expect(masker.body('short').isCut).toBe(false);
  });
  it('survive nesting that would exhaust the stack', () => {
    expect(masker.body('['.repeat(5000) + ']'.repeat(5000)).body).toContain('***');
  });
});

describe('addresses and headers', () => {
  it('lose their secrets alone', () => {
    expect(masker.url('https://me:pw@shop/hook?token=abc&a=1#b')).toBe('https://***@shop/hook?token=***&a=1#b');
    expect(masker.headers({ authorization: 'Bearer abc', cookie: ['a=b', 'c=d'], accept: 'json', 'x-note': 's3cr3t-value!' })).toEqual({
      authorization: ['Bearer ***'],
      cookie: ['***', '***'],
      accept: ['json'],
      'x-note': ['***!'],
    });
  });
});
