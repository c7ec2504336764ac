/** Formats of `registry.json` that this program can read: the newest, and older ones through these steps. */

/** Of the file that is written now. */
export const FORMAT = 1;

export type Document = Readonly<Record<string, unknown>>;

/** By the format that a step starts from: it returns the document in the next format. */
export type Migrations = Readonly<Record<number, (document: Document) => Document>>;

/** Brings a document of an older format up to now, step by step. */
export function migrate(document: Document, format: number, migrations: Migrations): Document {
  let current = document;
  for (let from = format; from < FORMAT; from++) {
    const step = migrations[from];
    if (!step) throw new Error(`There is no way from format ${from} of the registry to ${from + 1}`);
    current = step(current);
  }
  return current;
}
