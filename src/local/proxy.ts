/** What stands before and behind this process, from its options: proxies that are believed, and a Director on another machine. */
import { readFile } from 'node:fs/promises';
import { directorProxy } from '../gateway/director-proxy.ts';
import type { Mount } from '../gateway/gateway.ts';
import { addressList } from '../gateway/proxied-certificate.ts';
import { type PlaneOptions, UnusableOption } from './options.ts';

/** @throws UnusableOption */
export function proxiesBelieved({ trustedProxies = [] }: Pick<PlaneOptions, 'trustedProxies'>): (address: string) => boolean {
  try {
    return addressList(trustedProxies);
  } catch (error) {
    throw new UnusableOption(`trusted proxies: ${(error as Error).message}`, { cause: error });
  }
}

/** @throws UnusableOption where the file of its authority cannot be read */
export async function proxyTo(url: string, { directorCa, report }: Pick<PlaneOptions, 'directorCa' | 'report'>): Promise<Mount> {
  try {
    return directorProxy({ url, ca: directorCa && (await readFile(directorCa, 'utf8')), report });
  } catch (error) {
    throw new UnusableOption(`the authority of the Director cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
