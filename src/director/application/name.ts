/** The name of an application as runtimes see it, and by which it is unique (`reference: facts/applications.md 2.3`). */
const PREFIX = 'mp-';

const clean = (text: string) =>
  text
    // In lower case this one letter is an i and a dot of its own; the reference takes the letter alone.
    .replaceAll('\u0130', 'i')
    .toLowerCase()
    .replace(/[^-a-z0-9]/gu, '-')
    .replace(/-+/g, '-')
    .replace(/-$/, '');

/** `Commerce Cloud` -> `mp-commerce-cloud`; a name that is clean and begins with `mp-` stays. */
export function normalizeName(name: string): string {
  return name.startsWith(PREFIX) && clean(name) === name ? name : clean(PREFIX + name);
}
