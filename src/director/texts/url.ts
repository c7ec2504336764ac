/**
 * Which texts are URLs: the language of `IsURL` of asaskevich/govalidator (MIT), as Compass judges addresses (`reference: facts/security.md 1.4`),
 * taken apart so that no text needs more than a quadratic number of steps.
 */
import { isIPv6 } from 'node:net';
import type { Rule } from '../validation.ts';

const SCHEME = /^(?:ftp|tcp|udp|wss?|https?):\/\//;
const SCHEME_ANYWHERE = /(?:ftp|tcp|udp|wss?|https?):\/\//;
const IPV4 =
  /^(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3]|24\d|25[0-5])(?:\.(?:\d{1,2}|1\d\d|2[0-4]\d|25[0-5])){2}\.(?:\d\d?|1\d\d|2[0-4]\d|25[0-5])$/;
/** The last part of a name, which may have letters of any script, and a top level of letters alone. */
const MAIN = /^[a-zA-Z0-9\u00a1-\uffff]+(?:-{1,2}[a-zA-Z0-9\u00a1-\uffff]+)*(?:\.[a-zA-Z\u00a1-\uffff]+)?$/u;
/** What may stand before it without a break: ASCII names of which only the first has `_` … */
const LEAD = /^[a-zA-Z0-9][a-zA-Z0-9_-]*[a-zA-Z0-9](?:\.[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*)*$/;
/** … or names parted by single signs, of which the last but one has two characters or more. */
const SUBDOMAINS = /^[a-zA-Z0-9]+(?:[-_.][a-zA-Z0-9]+)*$/;

function isLead(text: string): boolean {
  if (text === 'www.' || LEAD.test(text)) return true;
  const dot = text.lastIndexOf('.');
  const before = text.slice(0, dot);
  return dot > 0 && /^[a-zA-Z0-9]+$/.test(text.slice(dot + 1)) && /[a-zA-Z0-9]{2}$/.test(before) && SUBDOMAINS.test(before);
}

function isName(host: string): boolean {
  if (MAIN.test(host)) return true;
  for (let at = 1; at < host.length; at += 1) if (MAIN.test(host.slice(at)) && isLead(host.slice(0, at))) return true;
  return false;
}

function isHost(host: string): boolean {
  if (host.startsWith('[')) return host.endsWith(']') && isIPv6(host.slice(1, -1));
  return IPV4.test(host) || isName(host);
}

const PORT_AND_PATH = /^(?::\d{1,5})?(?:[/?#].*)?$/s;

/** Whether a host, a port and a path, each but the first optional, begin here and reach to the end. */
function isAddress(text: string): boolean {
  const end = text.startsWith('[') ? text.indexOf(']') + 1 : text.search(/[:/?#@]|$/);
  if (end === 0) return false;
  const host = text.slice(0, end);
  return PORT_AND_PATH.test(text.slice(end)) && (isHost(host) || (host.endsWith('.') && isHost(host.slice(0, -1))));
}

function hasForm(text: string): boolean {
  if (/[\t\n\f\r ]/.test(text)) return false;
  const scheme = SCHEME.exec(text)?.[0].length ?? 0;
  if (isAddress(text.slice(scheme))) return true;
  for (let at = text.indexOf('@', 1); at !== -1; at = text.indexOf('@', at + 1)) if (isAddress(text.slice(at + 1))) return true;
  return false;
}

const wellEscaped = (text: string) => !/%(?![0-9a-fA-F]{2})/.test(text);

/** What stands behind the brackets of an IPv6 address, else the last colon and what follows it. */
export const portOf = (host: string) => (host.startsWith('[') ? host.slice(host.lastIndexOf(']') + 1) : (/:[^:]*$/.exec(host)?.[0] ?? ''));

/** What Go's URL parser refuses, or makes a path of, before the form is looked at. */
function parses(text: string): boolean {
  const whole = text.includes(':') && !text.includes('://') ? `http://${text}` : text;
  if (whole.startsWith(':') || /[\u0000-\u001f\u007f]/.test(whole)) return false;
  const [, beforeFragment = '', fragment = ''] = /^([^#]*)#?(.*)$/s.exec(whole) ?? [];
  const beforeQuery = beforeFragment.split('?', 1)[0]!;
  const withHost = /^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?\/\/([^/]*)(.*)$/s.exec(beforeQuery);
  if (!withHost) return wellEscaped(beforeQuery) && wellEscaped(fragment) && beforeQuery.includes('.');
  const [, authority = '', path = ''] = withHost;
  const user = authority.lastIndexOf('@');
  const host = authority.slice(user + 1);
  if (host === '' ? path !== '' && !path.includes('.') : host.startsWith('.')) return false;
  return (
    /^[-A-Za-z0-9._:~!$&'()*+,;=%@]*$/.test(authority.slice(0, Math.max(user, 0))) &&
    wellEscaped(authority) &&
    !/[%{}|\\^`]/.test(host) &&
    /^(?::\d*)?$/.test(portOf(host)) &&
    wellEscaped(path) &&
    wellEscaped(fragment)
  );
}

/** Whether the text is a URL; the scheme may be missing where a dot, a port or a user tells that it is one. */
export function isUrl(text: string): boolean {
  const characters = [...text].length;
  if (characters >= 2083 || Buffer.byteLength(text) <= 3 || text.startsWith('.')) return false;
  return parses(text) && hasForm(text);
}

/** Whether the text is a URL that names a scheme; as in the reference, that one may stand anywhere in it. */
export const isUrlWithScheme = (text: string): boolean => SCHEME_ANYWHERE.test(text) && isUrl(text);

const FAULT = 'must be a valid URL';

/** Judges an address of an input; "required" judges empty texts. */
export const url: Rule<string> = (text) => (text === '' || isUrl(text) ? undefined : FAULT);

/** Judges an address that must name its scheme; an empty text is none. */
export const urlWithScheme: Rule<string> = (text) => (isUrlWithScheme(text) ? undefined : FAULT);
