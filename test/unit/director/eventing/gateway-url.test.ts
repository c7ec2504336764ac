import { describe, expect, it } from 'vitest';
import { eventsURL, partsOf } from '../../../../src/director/eventing/gateway-url.ts';

describe('the address of an application at an event gateway', () => {
  it.each([
    ['https://gateway.example.com', 'shop', 'https://gateway.example.com/shop/v1/events'],
    ['https://gateway.example.com/old/path', 'shop', 'https://gateway.example.com/shop/v1/events'],
    ['https://u:p@gateway.example.com:8443/x?a=b#c', 'shop', 'https://u:p@gateway.example.com:8443/shop/v1/events?a=b#c'],
    ['https://gateway.example.com', 'Web Shöp & (Co)', 'https://gateway.example.com/Web%20Sh%C3%B6p%20&%20%28Co%29/v1/events'],
    ['http://[::1]:80/x', 'shop', 'http://[::1]:80/shop/v1/events'],
    ['gateway.example.com/x', 'shop', 'gateway.example.com/x'],
    ['', 'shop', ''],
  ])('of %s for %s is %s', (gateway, name, url) => {
    expect(eventsURL(gateway, name)).toBe(url);
  });
});

describe('texts that are no URL', () => {
  it.each(['http://a b/', 'http://a.b/%zz', 'http://[::1', ':nothing', '1st.host:80/x', 'http://a.b:port', 'http://a\u0007'])(
    '%s',
    (text) => {
      expect(partsOf(text)).toBeUndefined();
    },
  );

  it.each(['x', '/only/a/path', 'mailto:ops@a.b', 'http://a.b?q=%zz'])('but %s is one', (text) => {
    expect(partsOf(text)).toBeDefined();
  });
});
