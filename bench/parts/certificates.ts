/** Certificates for signing requests, beside the bare signature of the same key. */
import { sign } from 'node:crypto';
import { issueFor, judgeRequest } from '../../src/connector/signing.ts';
import { openAuthority, createConnectorAuthority } from '../../src/pki/authority.ts';
import { generateRsaKey } from '../../src/pki/keys.ts';
import { createSigningRequest } from '../../src/pki/signing-request.ts';
import type { Bench } from '../bench.ts';
import { microseconds } from '../repeat.ts';

const HOUR = 3_600_000;

export async function certificates({ table, quick }: Bench): Promise<void> {
  const client = await generateRsaKey(2048);
  const id = '0d7a9a2e-6d5a-4d2b-9c7e-3f7f0c9d1b11';
  const pem = createSigningRequest({ C: ['DE'], O: ['Org'], OU: ['OrgUnit'], L: ['locality'], ST: ['province'], CN: [id] }, client);
  for (const bits of [2048, 4096]) {
    const authority = openAuthority(await createConnectorAuthority(new Date(), bits));
    const content = Buffer.alloc(800, 1);
    const issue = () => issueFor(judgeRequest(pem, id), authority, new Date(Date.now() - HOUR), 24);
    const [issued, bare] = microseconds([issue, () => sign('sha256', content, authority.privateKey)], quick ? 20 : 100) as [number, number];
    table.add({
      what: `certificate of a signing request, authority of ${bits} bits`,
      measured: `${(issued / 1000).toFixed(2)} ms, ${Math.round(1e6 / issued)}/s`,
      ratio: issued / bare,
      against: `${(bare / 1000).toFixed(2)} ms of the bare signature`,
      // what the plane's own authority has
      ...(bits === 4096 && { budget: { atMost: 5 } }),
    });
  }
}
