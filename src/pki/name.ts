/** Distinguished names: who a certificate is for, and who issued it. */
import { objectId, oidOf, parts, sequence, setOf, text, textOf, type Asn1 } from './asn1.ts';

const OIDS = { CN: '2.5.4.3', C: '2.5.4.6', L: '2.5.4.7', ST: '2.5.4.8', O: '2.5.4.10', OU: '2.5.4.11' } as const;

export type NamePart = keyof typeof OIDS;

/** Values by part; a part may have several. */
export type DistinguishedName = Readonly<Partial<Record<NamePart, readonly string[]>>>;

/** Writes the parts in the order given, several values of one part side by side in one set. */
export const nameToAsn1 = (name: DistinguishedName, order: readonly NamePart[]): Asn1 =>
  sequence(
    ...order
      .map((part) => ({ part, values: name[part] ?? [] }))
      .filter(({ values }) => values.length > 0)
      .map(({ part, values }) => setOf(values.map((value) => sequence(objectId(OIDS[part]), text(value))))),
  );

const PART_OF = new Map<string, NamePart>(Object.entries(OIDS).map(([part, oid]) => [oid, part as NamePart]));

/** Reads the parts that are known here; all others are left out. */
export function nameFromAsn1(value: Asn1): DistinguishedName {
  const name: Partial<Record<NamePart, string[]>> = {};
  for (const attribute of parts(value).flatMap((set) => parts(set))) {
    const [type, content] = parts(attribute);
    const part = PART_OF.get(oidOf(type));
    if (part) (name[part] ??= []).push(textOf(content));
  }
  return name;
}

/**
 * A name from the text `O=Org,OU=Unit,…` as the Connector announces it: no blanks, no escapes.
 * @throws Error where a piece is no `part=value` of a known part
 */
export function parseAnnouncedName(announced: string): DistinguishedName {
  const name: Partial<Record<NamePart, string[]>> = {};
  for (const piece of announced.split(',')) {
    const at = piece.indexOf('=');
    const part = piece.slice(0, at);
    if (at < 1 || !(part in OIDS)) throw new Error(`the subject has a part that is not known: ${piece}`);
    (name[part as NamePart] ??= []).push(piece.slice(at + 1));
  }
  return name;
}

const PIECE = /\s*([A-Za-z]+)\s*=\s*((?:\\[0-9A-Fa-f]{2}|\\.|[^\\,+])*)(?:[,+]|$)/gy;

/** A name from text as RFC 2253 writes it, its parts in any order; parts that are not known here are left out, and all after what is no part. */
export function parseSubject(text: string): DistinguishedName {
  const name: Partial<Record<NamePart, string[]>> = {};
  for (const [, part = '', value = ''] of text.matchAll(PIECE)) {
    const known = part.toUpperCase();
    if (known in OIDS) (name[known as NamePart] ??= []).push(unescaped(value.trimEnd()));
  }
  return name;
}

const unescaped = (value: string) =>
  value
    .replaceAll(/(?:\\[0-9A-Fa-f]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('utf8'))
    .replaceAll(/\\(.)/g, '$1');
