/** Who called, where proxies stand in between: what those told that are believed. */
import { isIP } from 'node:net';

/** One entry of the header, maybe with a port; undefined where it is no address. */
function addressIn(entry: string): string | undefined {
  const text = entry.trim();
  const [, bracketed, plain] = /^(?:\[([^\]]*)\](?::\d+)?|([\d.]+):\d+)$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? text;
  return isIP(address) === 0 ? undefined : address;
}

/**
 * Address of the client behind trusted proxies, each of which puts the address that it saw to the end of `X-Forwarded-For`: from the end on the
 * first that is no such proxy. What stands before it anybody may have written.
 */
export function clientAddress(peer: string, forwarded: string | undefined, trusts: (address: string) => boolean): string {
  if (forwarded === undefined || !trusts(peer)) return peer;
  let client = peer;
  for (const entry of forwarded.split(',').toReversed()) {
    const address = trusts(client) ? addressIn(entry) : undefined;
    if (address === undefined) break;
    client = address;
  }
  return client;
}
