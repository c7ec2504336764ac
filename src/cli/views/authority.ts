/** How people see the authorities of client certificates. */
import { table, type Table } from '../output/view.ts';

/** As the plane tells them; times are ISO 8601 in UTC. */
export interface AuthorityRow {
  readonly id: string;
  readonly subject: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly signs: boolean;
  readonly acceptedUntil: string | null;
  /** PEM. */
  readonly certificate: string;
}

export const authorityTable = (rows: readonly AuthorityRow[]): Table =>
  table(
    rows,
    [
      { title: 'FINGERPRINT', of: ({ id }) => id.slice(0, 16) },
      { title: 'SUBJECT', of: ({ subject }) => subject },
      { title: 'SIGNS', of: ({ signs }) => (signs ? 'yes' : 'no') },
      { title: 'ACCEPTED UNTIL', of: ({ acceptedUntil, notAfter }) => acceptedUntil ?? notAfter },
    ],
    'No authority yet: it is made when somebody pairs.',
  );
