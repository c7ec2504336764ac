/** Addresses as flags of `serve` take them. */
import { Failure } from '../failure/failure.ts';

/** A base address without a slash at its end. */
export function base(text: string, ...protocols: string[]): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !protocols.includes(url.protocol))
    throw new Failure('usage', `${text} is no address that begins with ${protocols.map((one) => `${one}//`).join(' or ')}`);
  return url.href.replace(/\/$/, '');
}
