/** From a context to clients: which Compass, as whom, and how it is reached. */
import { readFileSync } from 'node:fs';
import { type Client, type ClientOptions, createClient } from '../../client/client.ts';
import type { Tls } from '../../client/http.ts';
import { behindGateway, type Context, type Contexts } from './contexts.ts';
import { Failure } from '../failure/failure.ts';

export interface SessionFlags {
  readonly context?: string | undefined;
  readonly url?: string | undefined;
  readonly token?: string | undefined;
  readonly tenant?: string | undefined;
}

export interface Session {
  readonly context: Context;
  /** None where the address was given as a flag. */
  readonly name: string | undefined;
  readonly token: string | undefined;
  readonly tls: Tls | undefined;
}

export const SYSTEMS = ['director', 'connector', 'provisioner'] as const;
export type System = (typeof SYSTEMS)[number];

function pem(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure('file_unreadable', `${path} can't be read: ${(error as Error).message}`, { cause: error });
  }
}

function tlsOf(context: Context): Tls | undefined {
  if (!SYSTEMS.some((system) => context[system]?.startsWith('https:'))) return undefined;
  const [ca, cert, key] = [pem(context.caFile), pem(context.certFile), pem(context.keyFile)];
  return { ...(ca === undefined ? {} : { ca }), ...(cert === undefined ? {} : { cert }), ...(key === undefined ? {} : { key }) };
}

/** Flags go before the context's own values. @throws Failure no_context, context_not_found, file_unreadable, usage */
export function openSession(contexts: Contexts, flags: SessionFlags): Session {
  const name = flags.url === undefined ? (flags.context ?? contexts.current()) : flags.context;
  if (name === undefined && flags.url === undefined) throw new Failure('no_context', 'No management plane is known.');
  const stored = name === undefined ? undefined : contexts.get(name);
  if (flags.url !== undefined && !(URL.canParse(flags.url) && /^https?:/i.test(flags.url)))
    throw new Failure('usage', `${JSON.stringify(flags.url)} is no address.`, { hint: 'Write it like http://127.0.0.1:3330.' });
  const addresses = flags.url === undefined ? {} : behindGateway(flags.url);
  const context = { ...stored, ...addresses, ...(flags.tenant === undefined ? {} : { tenant: flags.tenant }) } as Context;
  return { context, name, token: flags.token ?? (name === undefined ? undefined : contexts.token(name)), tls: tlsOf(context) };
}

/** @throws Failure usage where the context has no address of that system */
export function clientFor(session: Session, system: System, more: Pick<ClientOptions, 'onRequest' | 'timeout' | 'headers'> = {}): Client {
  const base = session.context[system];
  if (base === undefined)
    throw new Failure('usage', `The context ${session.name ?? ''} has no address of the ${system}.`, {
      hint: `Add it with \`compass context add --${system}-url\`.`,
    });
  const { token, tls } = session;
  const { tenant } = session.context;
  return createClient({
    url: `${base}/graphql`,
    ...(token === undefined ? {} : { token }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(tls === undefined ? {} : { tls }),
    ...more,
  });
}
