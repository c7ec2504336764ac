/** The plane's certificate authorities: made once, kept in the Registry, opened once a process. */
import { createConnectorAuthority, createServerAuthority, openAuthority, type Authority, type AuthorityFiles } from '../pki/authority.ts';
import type { Registry } from '../registry/contract.ts';
import { authorities, type AuthorityRecord } from './records.ts';

export interface Authorities {
  /** Signs client certificates. The first call of a new plane takes seconds; nothing else waits meanwhile. */
  clients(): Promise<Authority>;
  /** Signs the certificates of this plane's own listeners. */
  servers(): Promise<Authority>;
  /** The one of client certificates where it was made already, without making it. */
  existingClients(): Promise<Authority | undefined>;
  /** Called when the authority of client certificates is there for the first time, before anybody gets a certificate of it. */
  onClients(listener: (authority: Authority) => void): void;
}

export function openAuthorities(
  registry: Registry,
  clock: () => Date = () => new Date(),
  create = { clients: createConnectorAuthority, servers: createServerAuthority },
): Authorities {
  const listeners: ((authority: Authority) => void)[] = [];
  let clients: Promise<Authority> | undefined;
  let servers: Promise<Authority> | undefined;

  const kept = async (id: AuthorityRecord['id']) => registry.latest.get(authorities, id);

  /** Another process may have been quicker: the one that is kept wins. */
  async function keep(id: AuthorityRecord['id'], files: AuthorityFiles): Promise<AuthorityRecord> {
    return registry.write({ by: 'compass', operation: 'createCertificateAuthority' }, async (tx) => {
      const present = await tx.get(authorities, id);
      if (present) return present;
      const made: AuthorityRecord = { id, ...files, createdAt: clock().toISOString() };
      await tx.put(authorities, made);
      return made;
    });
  }

  const open = async (id: AuthorityRecord['id']) => openAuthority((await kept(id)) ?? (await keep(id, await create[id](clock()))));

  async function openClients(): Promise<Authority> {
    const authority = await open('clients');
    for (const listener of listeners) listener(authority);
    return authority;
  }

  const forgetting = <T>(work: Promise<T>, forget: () => void) => {
    work.catch(forget);
    return work;
  };

  return {
    clients: () => (clients ??= forgetting(openClients(), () => (clients = undefined))),
    servers: () => (servers ??= forgetting(open('servers'), () => (servers = undefined))),
    async existingClients() {
      if (clients) return clients;
      return (await kept('clients')) ? this.clients() : undefined;
    },
    onClients: (listener) => void listeners.push(listener),
  };
}
