/** PEM around DER. */

/** DER as PEM with that label, lines of 64 characters. */
export const toPem = (label: string, der: Buffer) =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')}\n-----END ${label}-----\n`;

const BLOCK =
  /^-----BEGIN ([^\n\r]*?)-----[ \t]*\r?\n((?:[^\n\r:]*:[^\n\r]*\r?\n)*)([A-Za-z0-9+/=\s]*?)(?<=\n)-----END \1-----(?=[ \t]*$)/gm;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Standard base64, padded, without anything between. */
const isWhole = (text: string) => text.length % 4 === 0 && BASE64.test(text);

/** The DER in each block of a PEM text, whatever its label, in their order; blocks whose content is no base64 are passed over. */
export const fromPem = (pem: string): readonly Buffer[] =>
  [...pem.matchAll(BLOCK)]
    .map((block) => block[3]!.replaceAll(/\s/g, ''))
    .filter(isWhole)
    .map((content) => Buffer.from(content, 'base64'));
