import { describe, expect, it } from 'vitest';
import { discoveryURL } from '../../../../src/director/application/webhooks/discovery.ts';

const PROXY = { hostSuffix: '-api', path: '/proxy' };

describe('discoveryURL', () => {
  it.each([
    ['https://s2.example.com/tenant/', 'https://s2-api.example.com/tenant/proxy'],
    ['https://erp-api.example.com', 'https://erp-api.example.com/proxy'],
    ['http://localhost:8080', 'http://localhost-api:8080/proxy'],
    ['https://u:p@s2.example.com:1/x', 'https://u:p@s2-api.example.com:1/x/proxy'],
    ['HTTPS://S2.example.com/?q=1#f/', 'https://S2-api.example.com/?q=1#f/proxy'],
    ['//s2.example.com', '//s2-api.example.com/proxy'],
    ['https://m\u00fcnchen.de/a b/\u00fc%2F%c3%BC!', 'https://m%C3%BCnchen-api.de/a%20b/%C3%BC/%C3%BC%21/proxy'],
    ['https://a-api.de/%c3%bc!', 'https://a-api.de/%c3%bc!/proxy'],
    // Without an authority there is no host to begin with, and behind a name with a port but no slashes nothing to look at.
    ['plain', '//-api/plain/proxy'],
    ['localhost:8080', 'localhost:8080/proxy'],
    ['mailto:a@b.c?x', 'mailto:a@b.c?x/proxy'],
  ])('of %s is %s', (baseUrl, expected) => expect(discoveryURL(baseUrl, PROXY)).toBe(expected));

  it.each(['plain', 'localhost:8080', 'https://x.example.com', 'http:', 'a/b:c'])(
    'adds nothing to the host of %s without a suffix',
    (baseUrl) => expect(discoveryURL(baseUrl, { hostSuffix: '', path: '/p' })).toBe(`${baseUrl}/p`),
  );

  it.each([
    'http://bad host/',
    'https://a.example.com:port/',
    'https://u:p@a.example.com:8o',
    'https://a.example.com/%zz',
    'https://a.example.com/#%',
    'https://a%20b.example.com',
    'https://a.example.com/\n',
    ':8080',
    '1.2.3.4:80',
  ])('is none for %s, which no parser takes', (baseUrl) => expect(discoveryURL(baseUrl, PROXY)).toBeUndefined());
  it.each(['https://[::1]/x', 'https://[::1]:80', 'https://a.example.com:', 'https://a.example.com/%20?q=%zz', 'localhost:8080'])(
    'is some for %s',
    (baseUrl) => expect(discoveryURL(baseUrl, PROXY)).toMatch(/\/proxy$/),
  );
});
