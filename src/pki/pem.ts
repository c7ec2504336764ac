/** PEM around DER. */

/** DER as PEM with that label, lines of 64 characters. */
export const toPem = (label: string, der: Buffer) =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')}\n-----END ${label}-----\n`;

const BLOCK = /-----BEGIN ([^\n\r]*?)-----\r?\n((?:[^\n\r:]+: [^\n\r]*\r?\n)*)\r?\n?([A-Za-z0-9+/=\s]*?)-----END \1-----/g;

/** The DER in each block of a PEM text, whatever its label, in their order. */
export const fromPem = (pem: string): readonly Buffer[] => [...pem.matchAll(BLOCK)].map((block) => Buffer.from(block[3]!, 'base64'));
