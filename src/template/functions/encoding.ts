/** Encodings, digests, paths, addresses and versions. */
import { createHash, randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import { Fault } from '../error.ts';
import type { Functions } from '../evaluator.ts';
import { GoMap } from '../values.ts';
import { map, str, strval } from './check.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(text: string): string {
  let bits = '';
  for (const byte of Buffer.from(text)) bits += byte.toString(2).padStart(8, '0');
  const digits = (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
  return digits.padEnd(Math.ceil(digits.length / 8) * 8, '=');
}

function unbase32(text: string): string {
  if (!/^[A-Z2-7]*=*$/.test(text)) return 'illegal base32 data';
  const bits = [...text.replace(/=+$/, '')].map((char) => BASE32.indexOf(char).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2))).toString();
}

function adler32(text: string): string {
  let [a, b] = [1, 0];
  for (const byte of Buffer.from(text)) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return String(b * 65536 + a);
}

const digest = (algorithm: string) => (text: unknown) => createHash(algorithm).update(str(text)).digest('hex');

function urlParse(text: unknown): GoMap {
  const match = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/(?:([^/?#@]*)@)?([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(str(text));
  if (!match) throw new Fault(`unable to parse url ${strval(text)}`);
  const [, scheme = '', userinfo = '', host = '', path = '', query = '', fragment = ''] = match;
  const opaque =
    scheme !== '' &&
    !str(text)
      .slice(scheme.length + 1)
      .startsWith('/')
      ? path
      : '';
  return new GoMap([
    ['scheme', scheme.toLowerCase()],
    ['host', host],
    ['hostname', host.replace(/:\d*$/, '').replace(/^\[|\]$/g, '')],
    ['path', opaque === '' ? path : ''],
    ['query', query],
    ['opaque', opaque],
    ['fragment', fragment],
    ['userinfo', userinfo],
  ]);
}

function urlJoin(parts: unknown): string {
  const part = (name: string) => strval(map(parts).get(name) ?? '');
  const authority = `${part('userinfo') === '' ? '' : `${part('userinfo')}@`}${part('host')}`;
  const scheme = part('scheme') === '' ? '' : `${part('scheme')}:`;
  const rest = part('opaque') === '' ? `${authority === '' ? '' : `//${authority}`}${part('path')}` : part('opaque');
  return `${scheme}${rest}${part('query') === '' ? '' : `?${part('query')}`}${part('fragment') === '' ? '' : `#${part('fragment')}`}`;
}

interface Version {
  readonly numbers: readonly number[];
  readonly prerelease: string;
  readonly metadata: string;
  readonly parts: number;
}

function version(text: unknown): Version {
  const match = /^v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/.exec(str(text).trim());
  if (!match) throw new Fault('Invalid Semantic Version');
  const given = match.slice(1, 4).filter((part) => part !== undefined && /\d/.test(part));
  return {
    numbers: [0, 1, 2].map((index) => Number(given[index] ?? 0)),
    prerelease: match[4] ?? '',
    metadata: match[5] ?? '',
    parts: given.length,
  };
}

function compare(a: Version, b: Version): number {
  for (let i = 0; i < 3; i++) if (a.numbers[i] !== b.numbers[i]) return a.numbers[i]! - b.numbers[i]!;
  if (a.prerelease === b.prerelease) return 0;
  if (a.prerelease === '' || b.prerelease === '') return a.prerelease === '' ? 1 : -1;
  const [left, right] = [a.prerelease.split('.'), b.prerelease.split('.')];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [l, r] = [left[i], right[i]];
    if (l === r) continue;
    if (l === undefined || r === undefined) return l === undefined ? -1 : 1;
    const [ln, rn] = [/^\d+$/.test(l), /^\d+$/.test(r)];
    if (ln && rn) return Number(l) - Number(r);
    if (ln !== rn) return ln ? -1 : 1;
    return l < r ? -1 : 1;
  }
  return 0;
}

function satisfies(constraint: string, given: Version): boolean {
  const match = /^(=|!=|>=|=>|<=|=<|>|<|~|~>|\^)?\s*(.+)$/.exec(constraint.trim());
  if (!match) throw new Fault(`improper constraint: ${constraint}`);
  const [, operator = '', text] = match as unknown as [string, string | undefined, string];
  const any = /^[xX*]$/.test(text);
  const wanted = version(text);
  if (given.prerelease !== '' && wanted.prerelease === '') return false;
  const order = compare(given, wanted);
  const within = (count: number) => wanted.numbers.slice(0, count).every((number, index) => number === given.numbers[index]);
  switch (operator) {
    case '!=':
      return wanted.parts < 3 ? !within(wanted.parts) : order !== 0;
    case '>':
      return wanted.parts < 3 ? order > 0 && !within(wanted.parts) : order > 0;
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      return order <= 0 || (wanted.parts < 3 && within(wanted.parts));
    case '~':
    case '~>':
      return any || (order >= 0 && within(Math.min(2, wanted.parts)));
    case '^': {
      const lead = wanted.numbers.findIndex((number) => number > 0);
      return any || (order >= 0 && within(lead < 0 ? wanted.parts : lead + 1));
    }
    default:
      return any || (wanted.parts < 3 ? within(wanted.parts) : order === 0);
  }
}

const structure = (given: Version, original: string) => ({
  Major: () => BigInt(given.numbers[0]!),
  Minor: () => BigInt(given.numbers[1]!),
  Patch: () => BigInt(given.numbers[2]!),
  Prerelease: () => given.prerelease,
  Metadata: () => given.metadata,
  Original: () => original,
});

export const ENCODING: Functions = {
  b64enc: (text) => Buffer.from(str(text)).toString('base64'),
  b64dec: (text) =>
    /^[A-Za-z0-9+/]*={0,2}$/.test(str(text)) && str(text).length % 4 === 0
      ? Buffer.from(str(text), 'base64').toString()
      : 'illegal base64 data at input byte 0',
  b32enc: (text) => base32(str(text)),
  b32dec: (text) => unbase32(str(text)),
  sha1sum: digest('sha1'),
  sha256sum: digest('sha256'),
  sha512sum: digest('sha512'),
  adler32sum: (text) => adler32(str(text)),
  uuidv4: () => randomUUID(),
  base: (path) => (str(path) === '' ? '.' : posix.basename(str(path)) || '/'),
  dir: (path) => posix.normalize(posix.dirname(str(path))),
  clean: (path) => {
    const clean = posix.normalize(str(path));
    return clean.length > 1 ? clean.replace(/\/$/, '') : clean;
  },
  ext: (path) => /\.[^./]*$/.exec(str(path))?.[0] ?? '',
  isAbs: (path) => str(path).startsWith('/'),
  urlParse,
  urlJoin,
  semver: (text) => structure(version(text), str(text)),
  semverCompare: (constraint, text) => {
    const given = version(text);
    return str(constraint)
      .replace(/(\S+)\s+-\s+(\S+)/g, '>=$1, <=$2')
      .split('||')
      .some((either) =>
        either
          .split(',')
          .flatMap((part) => part.trim().split(/(?<=[\dxX*])\s+(?=[=!<>~^])/))
          .every((part) => satisfies(part, given)),
      );
  },
  fail: (message) => {
    throw new Fault(strval(message));
  },
};
