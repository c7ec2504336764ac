/** Makes what went over the wire fit to be shown: secrets are masked, and whatever is long is cut. */

const MASK = '***';
/** Characters of a body that are kept, and of a header's value. */
const LONGEST_BODY = 16_384;
const LONGEST_HEADER = 1_024;
const MOST_HEADERS = 64;

const SECRET =
  /pass(?:word|wd|phrase|code)?$|secret|token|api[-_]?key|private[-_]?key|credential|authorization|cookie|assertion|signature/i;
/** Names that only sound like it: addresses, kinds and ids around secrets. */
const HARMLESS = /(?:ur[il]|endpoint|type|kind|name|id|expir\w*|lifetime|method|status)$/i;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** Looked for at the beginning of a word alone, so that a very long one is read once. */
const PAIR = /(?<![\w.-])(["']?)([\w.-]{1,256})\1(\s*[:=]\s*["']?)([^"'&\s,;}]+)/g;

export const isSecretName = (name: string): boolean => SECRET.test(name) && !HARMLESS.test(name);

/** What is shown of a body. */
export interface ShownBody {
  readonly body: string;
  /** Characters before anything was masked or cut. */
  readonly length: number;
  readonly isCut: boolean;
}

/** A secret as it may stand in JSON, in an address, and in what is encoded. */
const spellings = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
];

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Masks by name, and wherever one of the known secrets stands. */
export class Masker {
  readonly #known: readonly string[];

  /** Short texts are no secrets that could be told from other words. */
  constructor(known: readonly string[] = []) {
    this.#known = [...new Set(known.flatMap(spellings))].filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    if (PRIVATE_KEY.test(text)) return MASK;
    return this.#known.reduce((shown, secret) => shown.replaceAll(secret, MASK), text);
  }

  url(url: string): string {
    const shown = this.text(url).replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${MASK}@`);
    return shown.replace(/([?&])([^=&#]+)=([^&#]*)/g, (pair, mark: string, name: string) =>
      isSecretName(name) ? `${mark}${name}=${MASK}` : pair,
    );
  }

  headers(headers: Headers): Record<string, string[]> {
    const shown = (name: string, value: string) => {
      if (!isSecretName(name)) return cut(this.text(value), LONGEST_HEADER);
      const scheme = /^(Basic|Bearer) /i.exec(value);
      return scheme ? `${scheme[1]} ${MASK}` : MASK;
    };
    return Object.fromEntries(
      Object.entries(headers)
        .slice(0, MOST_HEADERS)
        .map(([name, value]) => [
          name,
          (typeof value === 'string' ? [value] : value).slice(0, MOST_HEADERS).map((one) => shown(name, one)),
        ]),
    );
  }

  /** JSON is masked by its keys, inside of texts that are JSON themselves too; anything else by what looks like `name=value`. */
  body(body: string): ShownBody {
    // What is far too long is not read: nothing but its beginning is shown.
    const read = body.length > 8 * LONGEST_BODY ? undefined : this.#json(body);
    const masked = this.text(read ?? maskPairs(body.slice(0, 2 * LONGEST_BODY)));
    return { body: cut(masked, LONGEST_BODY), length: body.length, isCut: masked.length > LONGEST_BODY || body.length > 2 * LONGEST_BODY };
  }

  /** The text with its secrets masked, otherwise as it was; undefined for what is no JSON. */
  #json(text: string): string | undefined {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return undefined;
    }
    const found = { secret: false };
    const masked = maskValue(value, '', found, 0);
    return found.secret ? JSON.stringify(masked) : text;
  }
}

const cut = (text: string, length: number) => (text.length > length ? text.slice(0, length) : text);
const DEEPEST = 64;

const maskPairs = (text: string) =>
  text.replace(PAIR, (pair, quote: string, name: string, between: string) =>
    isSecretName(name) ? `${quote}${name}${quote}${between}${MASK}` : pair,
  );

function maskValue(value: unknown, name: string, found: { secret: boolean }, depth: number): unknown {
  const mask = () => {
    found.secret = true;
    return MASK;
  };
  if (depth > DEEPEST) return mask();
  if (Array.isArray(value)) return value.map((item) => maskValue(item, name, found, depth + 1));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskValue(inner, key, found, depth + 1)]));
  if (value === null || value === '' || typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) return maskInner(value, found, depth);
  return isSecretName(name) ? mask() : value;
}

function maskInner(text: string, found: { secret: boolean }, depth: number): string {
  try {
    const inner = { secret: false };
    const masked = maskValue(JSON.parse(text), '', inner, depth + 1);
    if (!inner.secret) return text;
    found.secret = true;
    return JSON.stringify(masked);
  } catch {
    const masked = maskPairs(text);
    found.secret ||= masked !== text;
    return masked;
  }
}
