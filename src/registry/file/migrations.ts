/** Formats of `registry.json` that this program can read: the newest, and older ones through these steps. */

import { RegistryDamaged } from './errors.ts';

/** Of the file that is written now. */
export const FORMAT = 1;

export type Document = Readonly<Record<string, unknown>>;

/** By the format that a step starts from: it returns the document in the next format. */
export type Migrations = Readonly<Record<number, (document: Document) => Document>>;

/** Brings a document of an older format up to now, step by step. @throws RegistryDamaged for a format that never was */
export function migrate(file: string, document: Document, format: number, migrations: Migrations): Document {
  let current = document;
  for (let from = format; from < FORMAT; from++) {
    const step = migrations[from];
    if (!step) throw new RegistryDamaged({ file }, `there is no format ${format}`);
    current = step(current);
  }
  return current;
}
