/** Subjects of certificates as texts: their parts, and the order in which they are kept (`reference: facts/security.md 8`). */

interface Part {
  readonly key: string;
  readonly name: string;
  readonly pattern: RegExp;
}

/** A key is found anywhere in the text. */
const part = (key: string, name: string, end = ',|+()'): Part => ({ key, name, pattern: new RegExp(`${key}=([^${end}]+)`, 'g') });

const COUNTRY = part('C', 'Country');
const ORGANIZATION = part('O', 'Organization');
const UNIT = part('OU', 'Organization Unit');
const LOCALITY = part('L', 'Locality');
const COMMON_NAME = part('CN', 'Common Name', ',');
const PARTS = [COUNTRY, ORGANIZATION, UNIT, LOCALITY, COMMON_NAME];

const valuesOf = (subject: string, { pattern }: Part) => [...subject.matchAll(pattern)].map((match) => match[1]!);

export function subjectFault(subject: string): string | undefined {
  const count = subject.split(',').length;
  if (count < PARTS.length)
    return `the number of certificate attributes are different than the expected ones. We got: ${count} and we need at least ${PARTS.length} - C, O, OU, L and CN`;
  const missing = PARTS.find((wanted) => valuesOf(subject, wanted).length === 0);
  return missing && `missing ${missing.name} property in the subject`;
}

const text = (subject: string, units: readonly string[]) =>
  [
    `CN=${valuesOf(subject, COMMON_NAME)[0]}`,
    ...units.map((unit) => `OU=${unit}`),
    ...[ORGANIZATION, LOCALITY, COUNTRY].map((wanted) => `${wanted.key}=${valuesOf(subject, wanted)[0]}`),
  ].join(', ');

/** The subject in the order in which it is kept: all units, sorted, and the first of each other part; what else it has is dropped. */
export const orderedSubject = (subject: string): string => text(subject, valuesOf(subject, UNIT).sort());

/** One text for all subjects that stand for the same client: a unit counts once. */
export const comparedSubject = (subject: string): string => text(subject, [...new Set(valuesOf(subject, UNIT))].sort());
