/** Orders of texts. */

/** Surrogates stand for code points above all others, but their units sort below U+E000. */
const rank = (unit: number) => (unit < 0xd800 ? unit : unit >= 0xe000 ? unit - 0x800 : unit + 0x2000);

/** The order of the UTF-8 bytes, which is that of every backend. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** The order of keys in a stored JSON object: short ones first. */
export const byLengthThenBytes = (a: string, b: string): number => Buffer.byteLength(a) - Buffer.byteLength(b) || compareBytes(a, b);
