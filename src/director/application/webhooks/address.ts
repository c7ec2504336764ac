/** Addresses as the reference takes them apart and writes them again: with what must not stand in them escaped. */
import { portOf } from '../../texts/url.ts';

export interface Address {
  /** In lower case; empty where there is none. */
  readonly scheme: string;
  /** What follows a scheme without a slash: nothing of it is looked at. */
  readonly opaque: string;
  /** `user:password`, as it was given. */
  readonly user: string | undefined;
  /** With its port. */
  readonly host: string;
  readonly path: string;
  /** Query and fragment with their signs. */
  readonly rest: string;
}

const PARTS = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(.*)$/s;
// oxlint-disable-next-line no-control-regex -- no address holds these
const CONTROL = /[\u0000-\u001f\u007f]/;
const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/;
/** In a host nothing of ASCII may be escaped, and these may not stand at all. */
const ODD_IN_HOST = /[\s{}|\\^`#@?/]|%[0-7]/;

/** Undefined for what is no address. */
export function parseAddress(text: string): Address | undefined {
  if (CONTROL.test(text)) return undefined;
  const [, scheme = '', authority, path = '', rest = ''] = PARTS.exec(text) ?? [];
  const at = authority === undefined ? -1 : authority.lastIndexOf('@');
  const host = authority?.slice(at + 1) ?? '';
  const isOpaque = scheme !== '' && authority === undefined && path !== '' && !path.startsWith('/');
  const isBad =
    ODD_IN_HOST.test(host.replace(/^\[.*\]/, '')) ||
    !/^(?::\d*)?$/.test(portOf(host)) ||
    BAD_ESCAPE.test(`${authority ?? ''}${isOpaque ? '' : path}${/#.*$/s.exec(rest)?.[0] ?? ''}`) ||
    (scheme === '' && authority === undefined && path.split('/', 1)[0]!.includes(':'));
  if (isBad) return undefined;
  const user = at < 0 ? undefined : authority!.slice(0, at);
  return { scheme: scheme.toLowerCase(), opaque: isOpaque ? path : '', user, host, path: isOpaque ? '' : path, rest };
}

const encoded = (byte: string) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
/** A text with a character for each byte. */
const bytesOf = (text: string) => Buffer.from(text).toString('latin1');

/** A path that is written as it should be stays; else all that is not plain is escaped. */
function escapedPath(path: string): string {
  if (/^(?:[a-zA-Z0-9\-_.~$&+,/:;=@!'()*[\]]|%[0-9a-fA-F]{2})*$/.test(path)) return path;
  return bytesOf(path)
    .replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    .replace(/[^a-zA-Z0-9\-_.~$&+,/:;=@]/g, encoded);
}

export function formatAddress({ scheme, opaque, user, host, path, rest }: Address): string {
  const start = scheme === '' ? '' : `${scheme}:`;
  if (opaque !== '') return `${start}${opaque}${rest}`;
  // oxlint-disable-next-line no-control-regex -- all that is not ASCII
  const authority = `${user === undefined ? '' : `${user}@`}${bytesOf(host).replace(/[^\u0000-\u007f]/g, encoded)}`;
  const slashes = authority === '' ? '' : '//';
  return `${start}${slashes}${authority}${host !== '' && path !== '' && !path.startsWith('/') ? '/' : ''}${escapedPath(path)}${rest}`;
}
