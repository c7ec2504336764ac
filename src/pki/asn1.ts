/** The few ASN.1 shapes that certificates and signing requests are made of, over node-forge's values. */
import forge from 'node-forge';

const { asn1 } = forge;
const { Type, Class } = asn1;

export type Asn1 = forge.asn1.Asn1;

const universal = (type: forge.asn1.Type, constructed: boolean, value: string | Asn1[]) =>
  asn1.create(Class.UNIVERSAL, type, constructed, value);

export const sequence = (...parts: readonly Asn1[]) => universal(Type.SEQUENCE, true, [...parts]);
export const boolean = (value: boolean) => universal(Type.BOOLEAN, false, value ? '\xff' : '\x00');
export const nothing = () => universal(Type.NULL, false, '');
export const objectId = (id: string) => universal(Type.OID, false, asn1.oidToDer(id).getBytes());
export const bitString = (bytes: Buffer, unusedBits = 0) =>
  universal(Type.BITSTRING, false, String.fromCharCode(unusedBits) + bytes.toString('latin1'));
export const octetString = (bytes: Buffer) => universal(Type.OCTETSTRING, false, bytes.toString('latin1'));

/** Context-specific, as in `[n]`: constructed around parts, or primitive around bytes. */
export const tagged = (tag: number, value: readonly Asn1[] | Buffer) =>
  Buffer.isBuffer(value)
    ? asn1.create(Class.CONTEXT_SPECIFIC, tag, false, value.toString('latin1'))
    : asn1.create(Class.CONTEXT_SPECIFIC, tag, true, [...value]);

/** A number of any size from its big-endian bytes, taken as positive. */
export function positiveInteger(bytes: Buffer): Asn1 {
  const digits = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  const padded = digits.length === 0 || digits[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits;
  return universal(Type.INTEGER, false, padded.toString('latin1'));
}

/** `SET OF` as DER wants it: ordered by the encodings. */
export function setOf(parts: readonly Asn1[]): Asn1 {
  const byEncoding = parts.map((part) => ({ part, der: toDer(part) })).sort((a, b) => Buffer.compare(a.der, b.der));
  return universal(
    Type.SET,
    true,
    byEncoding.map(({ part }) => part),
  );
}

const PRINTABLE = /^[A-Za-z0-9 '()+,./:=?-]*$/;

/** PrintableString where its alphabet is enough, UTF8String for the rest. */
export const text = (value: string) =>
  PRINTABLE.test(value)
    ? universal(Type.PRINTABLESTRING, false, value)
    : universal(Type.UTF8, false, Buffer.from(value, 'utf8').toString('latin1'));

/** UTCTime until 2049 and GeneralizedTime from then on, to the second. */
export const time = (at: Date) =>
  at.getUTCFullYear() < 2050
    ? universal(Type.UTCTIME, false, asn1.dateToUtcTime(at) as unknown as string)
    : universal(Type.GENERALIZEDTIME, false, asn1.dateToGeneralizedTime(at) as unknown as string);

export const toDer = (value: Asn1) => Buffer.from(asn1.toDer(value).getBytes(), 'latin1');

/** @throws Error where the bytes are not one DER value */
export const fromDer = (der: Buffer) => asn1.fromDer(der.toString('latin1'));

/** The parts of a constructed value. @throws Error where it is a primitive one */
export function parts(value: Asn1 | undefined): readonly Asn1[] {
  if (value === undefined || !Array.isArray(value.value)) throw new Error('structure error: a sequence or set was expected');
  return value.value;
}

/** The bytes of a primitive value. @throws Error where it is a constructed one */
export function bytes(value: Asn1 | undefined): Buffer {
  if (value === undefined || typeof value.value !== 'string') throw new Error('structure error: a plain value was expected');
  return Buffer.from(value.value, 'latin1');
}

export const oidOf = (value: Asn1 | undefined) => asn1.derToOid(bytes(value).toString('latin1'));

const UTF16 = Type.BMPSTRING;

export function textOf(value: Asn1 | undefined): string {
  const raw = bytes(value);
  return value?.type === UTF16 ? Buffer.from(raw).swap16().toString('utf16le') : raw.toString('utf8');
}
