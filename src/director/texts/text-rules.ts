/** Rules for texts that inputs of several concepts share (`reference: facts/bundles.md 1.4`). */
import type { Rule } from '../validation.ts';

/** "not empty if given". */
export const notEmpty: Rule<string> = (text) => (text === '' ? 'cannot be blank' : undefined);

/** Printable ASCII from blank to tilde; empty texts pass, as "required" judges those. */
export const printableAscii: Rule<string> = (text) =>
  /^[\x20-\x7e]*$/.test(text) ? undefined : 'must contain printable ASCII characters only';

/** The whole text is in this form; empty texts pass. */
export const format =
  (pattern: RegExp): Rule<string> =>
  (text) =>
    text === '' || pattern.test(text) ? undefined : 'must be in a valid format';

/** Length in bytes, as the reference counts in a few places. */
export const byteLength =
  (min: number, max: number): Rule<string> =>
  (text) => {
    const bytes = Buffer.byteLength(text);
    return text === '' || (bytes >= min && bytes <= max) ? undefined : `the length must be between ${min} and ${max}`;
  };

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const uuidV4: Rule<string> = (text) => (text === '' || UUID_V4.test(text) ? undefined : 'must be a valid UUID v4');

/** Stored texts that are empty read back as null. */
export const givenText = (text: string | null | undefined): string | undefined => text || undefined;
