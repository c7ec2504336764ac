const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** As PostgreSQL reads them: capitals are fine, so are braces around, and a hyphen after any fourth digit or none. */
const READABLE = /^(\{?)[0-9a-f]{4}(?:-?[0-9a-f]{4}){7}(\}?)$/i;
const PARTS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/** Whether the text can be the id of an object at all: where an unknown object is answered by null, a text that cannot is answered by an error. */
export const isUUID = (text: string): boolean => UUID.test(text);

/** A UUID in the form in which ids are kept: small letters, with hyphens. Any other text is as it was. */
export function canonicalUUID(text: string): string {
  const found = READABLE.exec(text);
  if (!found || (found[1] === '') !== (found[2] === '')) return text;
  return text.replaceAll(/[{}-]/g, '').toLowerCase().replace(PARTS, '$1-$2-$3-$4-$5');
}
