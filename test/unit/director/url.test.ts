import { describe, expect, it } from 'vitest';
import { isUrl, isUrlWithScheme } from '../../../src/director/texts/url.ts';
import { processorTime } from '../../support/processor-time.ts';

const GOOD = [
  'http://localhost',
  'https://a',
  'http://1',
  'http://user:pw@a.b/x',
  'http://[::1]:80/',
  'http://127.0.0.1:9/x',
  'http://müller.de/',
  'http://a.b?q=1',
  'http://a.b:70000',
  'http://a_b.example.com',
  'ws://x.example.com',
  'tcp://h:1',
  'https://[::1]:80/x',
  'https://x.example.com?x=1',
  'https://münchen.example',
  'https://x.example.com/{a}',
  'http://a.b.',
  'http://a.b#f',
  'http://sap--x.shop-eu.example.com:8080/p?q#f',
  'http://x.y.z/a@b',
];
const GOOD_WITHOUT_SCHEME = [
  'mailto:ops@example.com',
  'localhost:8080',
  'example.com:80/x',
  'shop.local/hook',
  'example.com',
  'localhost/x.y',
];
const BAD = [
  'localhost',
  '/hook',
  'not a url',
  'http//x',
  '://u@x.example.com',
  'http://a.b:x/c@d',
  '//a.b/x',
  'https:/a.b',
  'HTTP://a.b',
  'gopher://a.b',
  'file:///etc',
  'http://a..b',
  'http://a.b_c',
  'http://-a.b',
  'http://a-.b',
  'http://256.1.1.1',
  'http://a.b:1234567',
  'http://a.b/x y',
  'http://a.b/%zz',
  'urn:isbn:1',
  'http://',
  'http:///p',
  'http://.x.com',
  'http://x..com',
  'http://x.1',
  'http://a%20b.c',
  'http://a b.c',
  'https://{{name}}.x.y',
  'http://x.y:123456',
  'abc',
  '',
  '.x.com',
  'http://[::1',
  `http://a.b/${'x'.repeat(2072)}`,
];

describe('isUrl', () => {
  it.each([...GOOD, ...GOOD_WITHOUT_SCHEME])('takes %s', (text) => expect(isUrl(text)).toBe(true));
  it.each(BAD)('refuses %s', (text) => expect(isUrl(text)).toBe(false));

  it('answers soon, however the text is made', () => {
    const read = () => ['a', 'a-', 'a.', '@', 'a_', 'aa.'].forEach((part) => isUrl(`http://${part.repeat(1000)}!`));
    expect(processorTime(read)).toBeLessThan(2000);
  });
});

describe('isUrlWithScheme', () => {
  it('is content with a scheme anywhere', () => expect(isUrlWithScheme('a.example.com/x?to=http://b')).toBe(true));
  it.each(GOOD)('takes %s', (text) => expect(isUrlWithScheme(text)).toBe(true));
  it.each([...GOOD_WITHOUT_SCHEME, ...BAD])('refuses %s', (text) => expect(isUrlWithScheme(text)).toBe(false));
});
