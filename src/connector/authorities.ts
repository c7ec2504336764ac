/** The plane's certificate authorities: made once or given, opened when they are needed, replaced with an overlap. */
import { createConnectorAuthority, createServerAuthority, openAuthority, type Authority, type AuthorityFiles } from '../pki/authority.ts';
import type { Registry } from '../registry/contract.ts';
import { type Accepted, acceptedIn, idOf, keepFirst, replaceClients } from './kept-authorities.ts';
import { authorities } from './records.ts';

export interface Authorities {
  /** Signs client certificates. The first call of a new plane takes seconds; nothing else waits meanwhile. @throws KeyMissing */
  clients(): Promise<Authority>;
  /** Signs the certificates of this plane's own listeners. */
  servers(): Promise<Authority>;
  /** Those of client certificates that are there, the one that signs first; none is made. */
  accepted(): Promise<readonly Accepted[]>;
  /** Called whenever those have changed, before anybody gets a certificate of a new one. */
  onAccepted(listener: (accepted: readonly Accepted[]) => void): void;
  /** Looks again: another process may have made or replaced one. */
  refresh(): Promise<void>;
  /**
   * Lets another authority sign client certificates from now on. What the former signed is accepted until it has run out, or no more where `distrust` is set.
   * @throws AuthorityGiven where the operator has given the one that signs
   */
  rotate(options?: { readonly distrust?: boolean }): Promise<readonly Accepted[]>;
}

/** The authority that signs was given by the operator, and its key is not with this process. */
export class KeyMissing extends Error {
  override readonly name = 'KeyMissing';
}

/** The authority is replaced where it was given. */
export class AuthorityGiven extends Error {
  override readonly name = 'AuthorityGiven';
}

export interface AuthoritiesOptions {
  readonly registry: Registry;
  readonly clock?: () => Date;
  /** Of client certificates, in place of one of the plane's own. Its key stays where it is. */
  readonly given?: AuthorityFiles | undefined;
  /** How long client certificates hold, in hours. */
  readonly certificateHours: number;
  readonly create?: { clients(now: Date): Promise<AuthorityFiles>; servers(now: Date): Promise<AuthorityFiles> };
}

export function openAuthorities({
  registry,
  clock = () => new Date(),
  given,
  certificateHours,
  create = { clients: createConnectorAuthority, servers: createServerAuthority },
}: AuthoritiesOptions): Authorities {
  const listeners: ((accepted: readonly Accepted[]) => void)[] = [];
  let clients: Promise<Authority> | undefined;
  let servers: Promise<Authority> | undefined;
  let told = '';

  const kept = async (id: 'clients' | 'servers') =>
    (await registry.latest.get(authorities, id)) ?? (await keepFirst(registry, id, await create[id](clock()), clock()));

  const replace = (files: AuthorityFiles, distrust: boolean) =>
    replaceClients(registry, files, { now: clock(), certificateHours, distrust });

  async function openClients(): Promise<Authority> {
    if (given) {
      await replace({ ...given, privateKey: '' }, false);
      await tell();
      return openAuthority(given);
    }
    const record = await kept('clients');
    await tell();
    if (record.privateKey === '') throw new KeyMissing('the authority of client certificates was given, and its key is not here');
    return openAuthority(record);
  }

  async function tell(): Promise<void> {
    const accepted = await acceptedIn(registry.latest, clock().toISOString());
    const now = accepted.map(({ id }) => id).join();
    if (now === told) return;
    told = now;
    for (const listener of listeners) listener(accepted);
  }

  const forgetting = <T>(work: Promise<T>, forget: () => void) => {
    work.catch(forget);
    return work;
  };

  return {
    clients: () => (clients ??= forgetting(openClients(), () => (clients = undefined))),
    servers: () => (servers ??= forgetting(kept('servers').then(openAuthority), () => (servers = undefined))),
    accepted: () => acceptedIn(registry.latest, clock().toISOString()),
    onAccepted: (listener) => void listeners.push(listener),
    async refresh() {
      const signs = await registry.latest.get(authorities, 'clients');
      const open = await clients?.catch(() => undefined);
      if (signs && open && !given && idOf(signs.certificate) !== idOf(open.files.certificate)) clients = undefined;
      await tell();
    },
    async rotate({ distrust = false } = {}) {
      const present = await registry.latest.get(authorities, 'clients');
      if (given || present?.privateKey === '')
        throw new AuthorityGiven('the authority of client certificates was given to this plane: start it with another one to replace it');
      await replace(await create.clients(clock()), distrust);
      clients = undefined;
      await this.clients();
      return this.accepted();
    },
  };
}
