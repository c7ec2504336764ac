/** Keys of issuers that the operator trusts: read from a file or an address, and again when a token names a key that is not known. */
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { type KeySource, type PublicJwk, type TrustedKey, trustedKey } from './keys.ts';

/** Milliseconds: keeps tokens that name made-up keys from hammering the source. */
const LOOK_AGAIN_AFTER = 5_000;
/** Milliseconds after which keys that were withdrawn at the source are forgotten. */
const STALE_AFTER = 300_000;
const MAX_BYTES = 1_000_000;

const fetchText = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const request = (url.startsWith('https:') ? https : http).get(url, { timeout: 5_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > MAX_BYTES) request.destroy(new Error('the key set is too large'));
      });
      response.on('end', () =>
        response.statusCode === 200 ? resolve(text) : reject(new Error(`${url} answered HTTP ${response.statusCode}`)),
      );
    });
    request.on('timeout', () => request.destroy(new Error(`${url} did not answer`)));
    request.on('error', reject);
  });

async function readKeys(source: string): Promise<ReadonlyMap<string, TrustedKey>> {
  const { keys } = JSON.parse(/^https?:/.test(source) ? await fetchText(source) : await readFile(source, 'utf8')) as { keys: PublicJwk[] };
  return new Map(
    keys.flatMap((jwk): [string, TrustedKey][] => {
      const key = trustedKey(jwk);
      return key && jwk.kid ? [[jwk.kid, key]] : [];
    }),
  );
}

/** The keys of a JWKS in a file or at an address; those that sign no tokens are passed over. @throws Error where the source can't be read at the start */
export async function jwksKeys(source: string, clock: () => number = Date.now): Promise<KeySource> {
  let known = await readKeys(source);
  let looked = clock();
  let looking: Promise<void> | undefined;
  const lookAgain = () => {
    looked = clock();
    looking ??= readKeys(source)
      .then((keys) => void (known = keys))
      .catch(() => undefined)
      .finally(() => (looking = undefined));
    return looking;
  };
  return async (kid) => {
    const age = clock() - looked;
    if (!known.has(kid) && (age > LOOK_AGAIN_AFTER || looking)) await (looking ?? lookAgain());
    else if (age > STALE_AFTER) void lookAgain();
    return known.get(kid);
  };
}
