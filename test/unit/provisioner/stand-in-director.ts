/** As much of a Director as the Provisioner asks. */
import type { Client } from '../../../src/client/client.ts';
import { GraphQLError } from '../../../src/client/errors.ts';

type Labels = Record<string, unknown>;
interface Variables {
  readonly in: { readonly name: string; readonly description?: string; readonly labels: Labels; readonly statusCondition?: string };
  readonly id: string;
  readonly key: string;
  readonly value: unknown;
  readonly filter: readonly { readonly key: string; readonly query: string }[];
}

/** `during` may end a request before or after it was carried out. */
export function standIn() {
  const runtimes = new Map<string, Labels>();
  /** What each runtime is said to do. */
  const conditions = new Map<string, string>();
  const asked: string[] = [];
  const trouble: { during?: ((operation: string, moment: 'before' | 'after') => void) | undefined } = {};
  const work: Record<string, (variables: Variables) => unknown> = {
    ProvisionerRegister({ in: { labels, statusCondition = '' } }) {
      const id = `runtime-${runtimes.size + asked.length}`;
      runtimes.set(id, labels);
      conditions.set(id, statusCondition);
      return { runtime: { id, webhooks: [] } };
    },
    ProvisionerOrdered: ({ filter: [one] }) => ({
      runtimes: { data: [...runtimes].filter(([, labels]) => JSON.stringify(labels[one!.key]) === one!.query).map(([id]) => ({ id })) },
    }),
    ProvisionerUnregister({ id }) {
      if (!runtimes.delete(id)) throw new GraphQLError(200, [{ message: 'gone', extensions: { error_code: 20 } }], null);
      return { runtime: { id } };
    },
    SetRuntimeLabel({ id, key, value }) {
      runtimes.set(id, { ...runtimes.get(id), [key]: value });
      return {};
    },
    ProvisionerDropLabel({ id, key }) {
      const { [key]: _dropped, ...labels } = runtimes.get(id)!;
      runtimes.set(id, labels);
      return {};
    },
    ProvisionerRuntime: ({ id }) => ({
      runtime: runtimes.has(id)
        ? { id, name: id, description: 'as ordered', labels: runtimes.get(id), status: { condition: conditions.get(id) } }
        : null,
    }),
    ProvisionerUpdate({ id, in: { labels, description, statusCondition = '' } }) {
      // The whole runtime is replaced: what is not sent is gone.
      if (description === undefined) throw new Error('the description would be lost');
      runtimes.set(id, labels);
      conditions.set(id, statusCondition);
      return {};
    },
    ProvisionerToken: () => ({ token: { token: 't', connectorURL: 'http://connector' } }),
  };
  const client = {
    async request(document: { toString(): string }, variables: Variables) {
      const [, operation = ''] = /(?:query|mutation) (\w+)/.exec(document.toString()) ?? [];
      asked.push(operation);
      trouble.during?.(operation, 'before');
      const answer = work[operation]!(variables);
      trouble.during?.(operation, 'after');
      return answer;
    },
  } as unknown as Client;
  return { runtimes, conditions, asked, trouble, client };
}
