/**
 * What a command answers: a value for machines, and how people read it. Commands make views, the output service shows them.
 */

export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => unknown;
}

export interface Table {
  readonly kind: 'table';
  readonly value: readonly object[];
  readonly titles: readonly string[];
  readonly cells: readonly (readonly string[])[];
  /** Said on stderr where there is no row. */
  readonly empty: string;
}

export interface Card {
  readonly kind: 'card';
  readonly value: unknown;
  readonly fields: readonly (readonly [title: string, text: string])[];
  /** A sentence above it, for people alone. */
  readonly headline?: string | undefined;
}

export interface Text {
  readonly kind: 'text';
  readonly value: unknown;
  readonly text: string;
  /** Written as it is, without an end of line behind it. */
  readonly exact?: boolean;
}

/** Nothing to show: the command has already written what it had. */
export interface Silence {
  readonly kind: 'silence';
  readonly value: unknown;
}

export type View = Table | Card | Text | Silence;

/** The form that people read of a value of the wire. */
function readable(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function table<Row extends object>(rows: readonly Row[], columns: readonly Column<Row>[], empty: string): Table {
  return {
    kind: 'table',
    value: rows,
    titles: columns.map(({ title }) => title),
    cells: rows.map((row) => columns.map(({ of }) => readable(of(row)))),
    empty,
  };
}

/** `fields` name what people see; the value goes to machines whole. */
export function card(value: object, fields: Readonly<Record<string, unknown>>, headline?: string): Card {
  return { kind: 'card', value, fields: Object.entries(fields).map(([title, field]) => [title, readable(field)] as const), headline };
}

export const text = (value: unknown, said: string): Text => ({ kind: 'text', value, text: said });
/** What somebody else wrote, given back byte for byte. */
export const content = (value: unknown, said: string): Text => ({ kind: 'text', value, text: said, exact: true });
export const silence = (value: unknown = null): Silence => ({ kind: 'silence', value });
