/** The address that an application sends its events to: the event gateway of a runtime with a path of the application's own. */

const SCHEME = /^([a-zA-Z][a-zA-Z0-9+.-]*):/;
const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/;
/** Control characters and the blank, written as ranges of what is allowed. */
const CONTROL = /[^\u0020-\u007e\u0080-\uffff]/;
const AUTHORITY = /^(?:[^@]*@)?(?:\[[0-9a-fA-F:.]+(?:%25[^\]]+)?\]|[^\s:[\]<>"\\^`{|}]*)(?::\d*)?$/;

interface Parts {
  /** Scheme, user, host and port, as written; empty where the text names no host. */
  readonly origin: string;
  /** Query and fragment, as written. */
  readonly tail: string;
}

/** What a URL consists of, also one relative to nothing such as `gateway.example.com/x`; undefined for texts that are none. */
export function partsOf(text: string): Parts | undefined {
  if (CONTROL.test(text) || text.startsWith(':')) return undefined;
  const scheme = SCHEME.exec(text)?.[0] ?? '';
  const tailAt = text.search(/[?#]/);
  const tail = tailAt < 0 ? '' : text.slice(tailAt);
  const rest = text.slice(scheme.length, tailAt < 0 ? undefined : tailAt);
  if (BAD_ESCAPE.test(rest) || BAD_ESCAPE.test(tail.replace(/^[^#]*/, ''))) return undefined;
  if (!rest.startsWith('//')) {
    const firstSegment = rest.split('/')[0]!;
    return scheme === '' && firstSegment.includes(':') ? undefined : { origin: '', tail };
  }
  const authority = rest.slice(2).split('/')[0]!;
  if (!AUTHORITY.test(authority)) return undefined;
  return { origin: authority === '' ? '' : `${scheme}//${authority}`, tail };
}

/** Escapes what a path segment may not hold; `/` and the sub-delimiters that servers take stay. */
const escapePath = (text: string) =>
  encodeURIComponent(text)
    .replace(/%(24|26|2B|2C|2F|3A|3B|3D|40)/g, (escaped) => decodeURIComponent(escaped))
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** The application's address below an event gateway. A gateway without a host, or none at all, is answered as it is. */
export function eventsURL(gateway: string, applicationName: string): string {
  const parts = partsOf(gateway);
  return parts?.origin ? `${parts.origin}/${escapePath(applicationName)}/v1/events${parts.tail}` : gateway;
}
