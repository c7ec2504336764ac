/** The subject that every client of the Connector must ask for (`reference: facts/connector.md 4`). */
import type { DistinguishedName, NamePart } from '../pki/name.ts';
import { ConnectorError } from './errors.ts';

const EXPECTED: readonly { readonly part: NamePart; readonly value: string; readonly called: string }[] = [
  { part: 'C', value: 'DE', called: 'country' },
  { part: 'O', value: 'Org', called: 'organization' },
  { part: 'OU', value: 'OrgUnit', called: 'organizational unit' },
  { part: 'L', value: 'locality', called: 'locality' },
  { part: 'ST', value: 'province', called: 'province' },
];

const ANNOUNCED: readonly NamePart[] = ['O', 'OU', 'L', 'ST', 'C'];

/** The subject as clients are told it: no blanks, nothing escaped. */
export const announcedSubject = (authId: string) =>
  [...ANNOUNCED.map((wanted) => `${wanted}=${EXPECTED.find(({ part }) => part === wanted)!.value}`), `CN=${authId}`].join(',');

/** Compares exactly, the first value of each part alone. @throws ConnectorError for the first part that is not as expected */
export function checkSubject(subject: DistinguishedName, authId: string): void {
  if ((subject.CN?.at(-1) ?? '') !== authId) throw new ConnectorError('CSR: Invalid common name provided.');
  for (const { part, value, called } of EXPECTED) {
    const given = subject[part]?.[0];
    if (given === undefined) throw new ConnectorError(`CSR: No ${called} provided.`);
    if (given !== value) throw new ConnectorError(`CSR: Invalid ${called} provided.`);
  }
}
