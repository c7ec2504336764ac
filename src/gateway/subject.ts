/** Subjects of certificates of another authority: how they are compared, and whom they name (`reference: facts/connector.md 5`, `security.md 8`). */
import type { DistinguishedName } from '../pki/name.ts';

/** How the subjects of the other authority are told from all others. */
export interface ExternalIssuer {
  readonly country: string;
  readonly organization: string;
  /** Regular expression for units that say nothing about the client. */
  readonly organizationalUnitPattern: string;
  /** Regular expression for units that name a region. */
  readonly regionPattern: string;
}

export const DEFAULT_EXTERNAL_ISSUER: ExternalIssuer = {
  country: 'DE',
  organization: 'SAP SE',
  organizationalUnitPattern: 'SAP Cloud Platform Clients',
  regionPattern: 'Region',
};

export interface Subject {
  readonly commonName: string;
  readonly country: string;
  readonly locality: string;
  readonly organization: string;
  readonly units: readonly string[];
}

/** Values of a common name end at a comma, those of other parts at brackets, bars and plus signs too. */
const cut = (value: string) => value.split(/[()+|,]/, 1)[0]!;

export const subjectOfName = (name: DistinguishedName): Subject => ({
  commonName: name.CN?.[0]?.split(',', 1)[0] ?? '',
  country: cut(name.C?.[0] ?? ''),
  locality: cut(name.L?.[0] ?? ''),
  organization: cut(name.O?.[0] ?? ''),
  units: (name.OU ?? []).map(cut),
});

const valuesOf = (text: string, part: string, end: string) =>
  [...text.matchAll(new RegExp(`(?:^|[,+\\s])${part}=([^${end}]+)`, 'g'))].map((match) => match[1]!);

/** Reads the text of a mapping, its parts in any order, with or without blanks behind the commas. */
export function subjectOfText(text: string): Subject {
  const first = (part: string, end = ',|+()') => valuesOf(text, part, end)[0] ?? '';
  return {
    commonName: first('CN', ','),
    country: first('C'),
    locality: first('L'),
    organization: first('O'),
    units: valuesOf(text, 'OU', ',|+()'),
  };
}

/** One text for all subjects that stand for the same client, a unit counting once: as the Director's mappings are found. */
export const normalSubject = ({ commonName, country, locality, organization, units }: Subject) =>
  [
    `CN=${commonName}`,
    ...[...new Set(units)].sort().map((unit) => `OU=${unit}`),
    `O=${organization}`,
    `L=${locality}`,
    `C=${country}`,
  ].join(', ');

export const sameSubject = (a: Subject, b: Subject) => normalSubject(a) === normalSubject(b);

const wholeWord = (pattern: string) => new RegExp(`(?:^|\\W)(?:${pattern})(?:\\W|$)`);

/** The client that a subject of that authority names: the one unit that stands for nothing else. */
export function clientOf(subject: Subject, issuer: ExternalIssuer): string | undefined {
  if (subject.country !== issuer.country || subject.organization !== issuer.organization) return undefined;
  const known = [issuer.organizationalUnitPattern, issuer.regionPattern].filter((pattern) => pattern !== '').map(wholeWord);
  const rest = subject.units.filter((unit) => !known.some((pattern) => pattern.test(unit)));
  return rest.length === 1 ? rest[0] : undefined;
}
