import { describe, expect, it } from 'vitest';
import { discoveryURL } from '../../../../src/director/application/webhooks/discovery.ts';

const PROXY = { hostSuffix: '-api', path: '/proxy' };

describe('discoveryURL', () => {
  it.each([
    ['https://s2.example.com/tenant/', 'https://s2-api.example.com/tenant/proxy'],
    ['https://erp-api.example.com', 'https://erp-api.example.com/proxy'],
    ['http://localhost:8080', 'http://localhost-api:8080/proxy'],
    ['https://u:p@s2.example.com:1/x', 'https://u:p@s2-api.example.com:1/x/proxy'],
  ])('of %s is %s', (baseUrl, expected) => expect(discoveryURL(baseUrl, PROXY)).toBe(expected));

  it('adds nothing to the host without a suffix', () => expect(discoveryURL('plain', { hostSuffix: '', path: '/p' })).toBe('plain/p'));

  it.each([
    'http://bad host/',
    'https://a.example.com:port/',
    'https://u:p@a.example.com:8o',
    'https://a.example.com/%zz',
    'https://a.example.com/#%',
  ])('is none for %s, which no parser takes', (baseUrl) => expect(discoveryURL(baseUrl, PROXY)).toBeUndefined());
  it.each(['https://[::1]/x', 'https://[::1]:80', 'https://a.example.com:', 'https://a.example.com/%20?q=%zz', 'localhost:8080'])(
    'is some for %s',
    (baseUrl) => expect(discoveryURL(baseUrl, PROXY)).toMatch(/\/proxy$/),
  );
});
