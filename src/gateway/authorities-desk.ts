/** Where administrators see and replace the authorities of client certificates; the reference has no such place. */
import { X509Certificate } from 'node:crypto';
import { AuthorityGiven, type Authorities } from '../connector/authorities.ts';
import type { Accepted } from '../connector/kept-authorities.ts';
import type { Identity } from '../identity/identity.ts';
import type { Incoming, Outgoing } from './listener.ts';

/** Answers a request of that caller; undefined for methods that are not known here. */
export type AuthoritiesDesk = (request: Incoming & { readonly caller: Identity }) => Promise<Outgoing | undefined>;

/** Who decides about authorities decides whose certificates count. */
const NEEDED = 'certificate_subject_mapping:write';
const ADMINISTRATORS: ReadonlySet<string> = new Set(['', 'Static User', 'Super Admin']);

const json = (status: number, content: object): Outgoing => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(content),
});
const failure = (status: number, code: number, message: string) =>
  json(status, { errors: [{ message, extensions: { error_code: code } }] });

const shown = ({ id, certificate, until }: Accepted) => {
  const { subject, validFrom, validTo } = new X509Certificate(certificate);
  return {
    id,
    subject: subject.split('\n').reverse().join(','),
    notBefore: new Date(validFrom).toISOString(),
    notAfter: new Date(validTo).toISOString(),
    signs: until === undefined,
    acceptedUntil: until ?? null,
    certificate,
  };
};

const list = (accepted: readonly Accepted[]) => json(200, { authorities: accepted.map(shown) });

function wishesOf(body: string): { readonly distrust: boolean } | undefined {
  try {
    const { distrust = false } = JSON.parse(body || '{}') as { readonly distrust?: unknown };
    return typeof distrust === 'boolean' ? { distrust } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * GET answers `{"authorities": […]}`, the one that signs first; POST replaces that one, `{"distrust": true}` without an overlap.
 */
export const authoritiesDesk =
  (authorities: Authorities): AuthoritiesDesk =>
  async ({ method, body, caller }) => {
    if (!ADMINISTRATORS.has(caller.consumer.type) || !caller.scopes.includes(NEEDED))
      return failure(403, 26, `authorities of client certificates are the business of administrators with the scope ${NEEDED}`);
    if (method === 'GET') return list(await authorities.accepted());
    if (method !== 'POST') return undefined;
    const wishes = wishesOf(body);
    if (!wishes) return failure(400, 22, 'the body must be a JSON object, and distrust true or false');
    try {
      return list(await authorities.rotate(wishes));
    } catch (error) {
      if (error instanceof AuthorityGiven) return failure(409, 27, error.message);
      throw error;
    }
  };
