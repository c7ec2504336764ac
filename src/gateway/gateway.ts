/** The one entrance: keeps out what may not come in, finds the system by path, and who is calling where the system wants to know. */
import { NOBODY, type Identity } from '../identity/identity.ts';
import { type Handler, type Incoming, type Outgoing, refusal } from './listener.ts';
import { CERTIFICATE_HEADER, readCertificateData } from './proxied-certificate.ts';

/** Who is calling, or the answer that refuses the caller. */
export type Identified = { readonly caller: Identity } | { readonly denied: Outgoing };

/** A system behind the Gateway. */
export interface Mount {
  /** What its paths begin with; cut off before it is asked. */
  readonly base: string;
  /** Whether the request must say who is calling. */
  needsCredential(request: Incoming): boolean;
  /** Its `Tenant` header is a word of its own, which need not be a tenant that the Director knows. */
  readonly namesTenantsItself?: true;
  answer(request: Incoming & { readonly caller: Identity }): Promise<Outgoing>;
}

export interface GatewayOptions {
  /** The first whose base begins the path is asked. */
  readonly mounts: readonly Mount[];
  readonly identify: (request: Incoming, mount: Mount) => Promise<Identified> | Identified;
  /** Whether a proxy at that address is believed in what it tells of client certificates; nobody is unless given. */
  readonly trustsProxy?: (address: string) => boolean;
  /** Told of every answer, with the system that gave it. */
  readonly observe?: (request: Incoming, mount: Mount | undefined, answer: Outgoing, milliseconds: number) => void;
  /** Names that a Host header may have: keeps pages of other sites from reaching a local plane by rebinding their name. Undefined: any. */
  readonly hosts?: ReadonlySet<string>;
}

/** Headers by which only the inside tells identities: a caller that sends them is treated as if it had not. */
const INSIDE_HEADERS = [
  'client-id-from-token',
  'client-id-from-certificate',
  'subject-from-certificate',
  'client-certificate-hash',
  'client-certificate-issuer',
  CERTIFICATE_HEADER,
  'x-authorization',
  'x-flow-identity',
];

export const FROM_ELSEWHERE = refusal(403, 'Forbidden', 'the Host or Origin header names another place than this plane');
export const NO_ROUTE = refusal(404, 'Not Found', 'Requested url does not match any rules');

const hostName = (host: string) =>
  host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();

/** Whether Host or Origin names another place: a page that has rebound its name to ours, or one of another site. */
export function fromElsewhere(request: Incoming, hosts: ReadonlySet<string>): boolean {
  if (!hosts.has(hostName(request.headers.host ?? ''))) return true;
  const { origin } = request.headers;
  if (origin === undefined || origin === 'null') return origin === 'null';
  try {
    return !hosts.has(hostName(new URL(origin).host));
  } catch {
    return true;
  }
}

const withoutInsideHeaders = (headers: Incoming['headers']): Incoming['headers'] =>
  INSIDE_HEADERS.some((name) => name in headers)
    ? Object.fromEntries(Object.entries(headers).filter(([name]) => !INSIDE_HEADERS.includes(name)))
    : headers;

const withoutTenant = ({ headers: { tenant: _, ...headers }, ...request }: Incoming): Incoming => ({ ...request, headers });

/** Finds the system by path, and hands the request on with its caller; one mount serves everything below its base. */
export function createGateway({ mounts, identify, hosts, trustsProxy, observe }: GatewayOptions): Handler {
  const mountOf = ({ path }: Incoming) =>
    mounts.find(({ base }) => path === base || path.startsWith(base.endsWith('/') ? base : `${base}/`));

  async function answer(request: Incoming, mount: Mount | undefined): Promise<Outgoing> {
    if (hosts && fromElsewhere(request, hosts)) return FROM_ELSEWHERE;
    if (!mount) return NO_ROUTE;
    const presented = trustsProxy?.(request.proxy ?? request.remote) ? readCertificateData(request.headers[CERTIFICATE_HEADER]) : [];
    const inside: Incoming = {
      ...request,
      headers: withoutInsideHeaders(request.headers),
      path: mount.base === '/' ? request.path : request.path.slice(mount.base.length) || '/',
      ...(presented.length > 0 && { presented }),
    };
    if (!mount.needsCredential(inside)) return mount.answer({ ...inside, caller: NOBODY });
    const identified = await identify(mount.namesTenantsItself ? withoutTenant(inside) : inside, mount);
    return 'denied' in identified ? identified.denied : mount.answer({ ...inside, caller: identified.caller });
  }

  if (!observe) return (request) => answer(request, mountOf(request));
  return async (request) => {
    const began = performance.now();
    const mount = mountOf(request);
    const answered = await answer(request, mount);
    observe(request, mount, answered, performance.now() - began);
    return answered;
  };
}
