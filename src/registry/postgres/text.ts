/** How strings of ours stand in text columns with the collation "C", whose order is that of the UTF-8 bytes. */
import { createHash } from 'node:crypto';

const ODD = /[\0\u0001]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const KEY_BYTES = 512;
const ORDER_BYTES = 1000;

/** PostgreSQL takes neither U+0000 nor half characters in a text: they are written with a mark before them that keeps the order. */
export function columnText(text: string): string {
  return text.replace(ODD, (unit) => {
    if (unit === '\0') return '\u0001\u0001';
    return unit === '\u0001' ? '\u0001\u0002' : `\u0001\u0003${unit.charCodeAt(0).toString(16)}`;
  });
}

/** The key of an index. A long one, which an index of PostgreSQL would not take, stands as its digest. */
export function keyText(key: string): string {
  const text = columnText(key);
  if (text.length * 3 <= KEY_BYTES || Buffer.byteLength(text) <= KEY_BYTES) return text;
  return `\u0001\u0004${createHash('sha256').update(text).digest('hex')}`;
}

/** What a list is ordered by: its first 1,000 bytes. */
export function orderText(order: string): string {
  const text = columnText(order);
  if (text.length * 3 <= ORDER_BYTES) return text;
  const bytes = Buffer.from(text);
  if (bytes.length <= ORDER_BYTES) return text;
  let end = ORDER_BYTES;
  while ((bytes[end]! & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}
