/** The REST interface of applications from before the Connector: which path does what, for whom. */
import { decodedPart } from '../text/uri.ts';
import type { ConnectorCaller } from '../connector/call.ts';
import type { Connector } from '../connector/connector.ts';
import type { Director } from '../director/director.ts';
import { NOBODY, type Identity } from '../identity/identity.ts';
import type { WireAnswer, WireRequest } from '../wire/exchange.ts';
import { directorDesk, strangersDesk, type WritingDesk } from './director.ts';
import { AdapterError } from './errors.ts';
import { managementInfo, revoke, signCertificate, signingRequestInfo, type AdapterAddresses, type PairingCall } from './pairing.ts';
import { createService, deleteService, listServices, readDetails, updateService } from './services.ts';

/** A client that was let in, as both systems behind the adapter know it. */
export interface AdapterSession {
  readonly connector: ConnectorCaller;
  readonly identity: Identity;
  /** External id of a tenant that it names and that is not its own. */
  readonly foreignTenant?: string;
}

export interface AdapterOptions {
  readonly director: Director;
  readonly connector: Connector;
  readonly addresses: () => AdapterAddresses;
}

export interface AdapterRequest extends WireRequest {
  readonly requestId: string;
}

export interface Adapter {
  /** Paths that begin with `/v1/`. A session is looked for only where the path needs one: that uses a token up. */
  pairing(request: AdapterRequest, session: (takesTokenInAddress: boolean) => Promise<AdapterSession | undefined>): Promise<WireAnswer>;
  /** Paths `/{application}/v1/metadata/…`; undefined for all others. A session is looked for only where there is something. */
  services(request: AdapterRequest, session: () => Promise<AdapterSession | undefined>): Promise<WireAnswer> | undefined;
}

const JSON_UTF8 = { 'content-type': 'application/json;charset=UTF-8' };
const answer = (status: number, content?: unknown): WireAnswer => ({
  status,
  headers: JSON_UTF8,
  body: content === undefined ? '' : JSON.stringify(content),
});
const NOT_FOUND: WireAnswer = { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: '404 page not found\n' };

async function told(work: () => Promise<WireAnswer>): Promise<WireAnswer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AdapterError) return answer(error.status, { code: error.status, error: error.message });
    throw error;
  }
}

interface PairingRoute {
  readonly method: string;
  /** Whether the token may stand in the address, as in those that are handed out. */
  readonly takesTokenInAddress: boolean;
  readonly run: (call: PairingCall, body: string) => Promise<WireAnswer>;
}

const sign: PairingRoute['run'] = async (call, body) => answer(201, await signCertificate(call, body));

const PAIRING: Readonly<Record<string, PairingRoute>> = {
  '/v1/applications/signingRequests/info': {
    method: 'GET',
    takesTokenInAddress: true,
    run: async (call) => answer(200, await signingRequestInfo(call)),
  },
  '/v1/applications/certificates': { method: 'POST', takesTokenInAddress: true, run: sign },
  '/v1/applications/management/info': {
    method: 'GET',
    takesTokenInAddress: false,
    run: async (call) => answer(200, await managementInfo(call)),
  },
  '/v1/applications/certificates/renewals': { method: 'POST', takesTokenInAddress: false, run: sign },
  '/v1/applications/certificates/revocations': {
    method: 'POST',
    takesTokenInAddress: false,
    async run(call) {
      await revoke(call);
      return answer(201);
    },
  },
};

const METADATA = /^\/([^/]+)\/v1\/metadata\/(.*)$/s;
const SERVICES = /^services(?:\/([^/]+))?$/;

export function createAdapter({ director, connector, addresses }: AdapterOptions): Adapter {
  const deskOf = (session: AdapterSession | undefined, requestId: string): WritingDesk =>
    session?.foreignTenant === undefined
      ? directorDesk(director, { caller: session?.identity ?? NOBODY, requestId })
      : strangersDesk(session.foreignTenant);
  return {
    async pairing({ path, method, body, requestId }, session) {
      if (path === '/v1/health') return answer(method === 'GET' ? 200 : 405);
      const route = PAIRING[path];
      if (!route) return NOT_FOUND;
      if (method !== route.method) return answer(405);
      const found = await session(route.takesTokenInAddress);
      if (!found) return answer(403, { code: 403, error: 'invalid token or certificate' });
      const call: PairingCall = {
        connector: connector.callFor(found.connector),
        director: deskOf(found, requestId),
        objectId: found.identity.consumer.id,
        addresses: addresses(),
      };
      return told(() => route.run(call, body));
    },

    services({ path, method, body, requestId }, session) {
      const [, encoded, rest = ''] = METADATA.exec(path) ?? [];
      if (encoded === undefined) return undefined;
      const services = SERVICES.exec(rest);
      if (!services) return Promise.resolve(NOT_FOUND);
      const work = serviceWork(method, decodedPart(encoded), decodedPart(services[1] ?? ''), body);
      if (!work) return Promise.resolve(answer(405));
      return session().then((found) => told(() => work(deskOf(found, requestId))));
    },
  };
}

/** Undefined for methods that are not known there. */
function serviceWork(method: string, name: string, id: string, body: string): ((director: WritingDesk) => Promise<WireAnswer>) | undefined {
  if (id === '') {
    if (method === 'GET') return async (director) => answer(200, await listServices(director, name));
    return method === 'POST' ? async (director) => answer(200, await createService(director, name, body)) : undefined;
  }
  if (method === 'GET') return async (director) => answer(200, await readDetails(director, name, id));
  if (method === 'PUT') return async (director) => answer(200, await updateService(director, name, id, body));
  if (method !== 'DELETE') return undefined;
  return async (director) => {
    await deleteService(director, name, id);
    return answer(204);
  };
}
