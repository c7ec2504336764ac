/** Whether a request can be sent to an address, in the words of the reference's parser of request lines (`reference: facts/security.md 5.1`). */

import { portOf } from '../texts/url.ts';

// oxlint-disable-next-line no-control-regex -- the parser refuses exactly these
const CONTROL = /[\u0000-\u001f\u007f]/;
const SCHEME = /^[a-zA-Z][a-zA-Z0-9+.-]*:/;
const ODD_IN_HOST = /[ #\\^`{|}]/;
const IPV6 = /^(.*@)?\[[^\]]*\]/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2}).{0,2}/;

function faultOf(text: string): string | undefined {
  if (CONTROL.test(text)) return 'net/url: invalid control character in URL';
  if (text === '') return 'empty url';
  if (text.startsWith(':')) return 'missing protocol scheme';
  const scheme = SCHEME.exec(text)?.[0] ?? '';
  const rest = text.slice(scheme.length).split('?', 1)[0]!;
  if (!rest.startsWith('/')) return scheme === '' ? 'invalid URI for request' : undefined;
  const authority = scheme !== '' && rest.startsWith('//') ? rest.slice(2).split('/', 1)[0]! : '';
  const port = portOf(authority.slice(authority.lastIndexOf('@') + 1));
  if (!/^(?::\d*)?$/.test(port)) return `invalid port ${JSON.stringify(port)} after host`;
  const odd = ODD_IN_HOST.exec(authority.replace(IPV6, ''))?.[0];
  if (odd !== undefined) return `invalid character ${JSON.stringify(odd)} in host name`;
  const escape = BAD_ESCAPE.exec(rest)?.[0];
  return escape === undefined ? undefined : `invalid URL escape ${JSON.stringify(escape)}`;
}

/** `parse "<text>": <why no request can be sent to it>`; undefined where one can. */
export function requestAddressFault(text: string): string | undefined {
  const fault = faultOf(text);
  return fault === undefined ? undefined : `parse ${JSON.stringify(text)}: ${fault}`;
}
