/** A part of a path without its percent signs; as it is where it is not encoded well: then there is nothing of that name. */
export function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
