import { describe, expect, it } from 'vitest';
import { checkLiteralAddress, isPublicAddress, publicLookup } from '../../../../src/director/outbound/addresses.ts';

describe('addresses that outgoing calls may reach', () => {
  it.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
  ])('not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '::',
    '::1',
    'fd00::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '::127.0.0.1',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ])('not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    'http://127.1/',
    'http://127.0.0.1./',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://2130706433/',
    'http://017700000001/',
    'http://①②⑦.0.0.1/',
    'http://0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::127.0.0.1]/',
    'https://169.254.169.254/latest',
  ])('%s is literal', (url) => {
    expect(() => checkLiteralAddress(new URL(url))).toThrow('no public address');
  });

  it.each(['localhost', 'localhost.', 'LOCALHOST', 'ip6-localhost'])('not what the name %s resolves to', async (name) => {
    const fault = await new Promise<unknown>((resolve) => publicLookup(name, { all: true }, resolve));
    // the last one is not known everywhere
    expect((fault as Error).message).toMatch(/no public address|ENOTFOUND|EAI_AGAIN/);
  });
});
