/** What a plane tells people when it is there: its addresses, where its state is, and what is in it. */
import { LOCAL } from '../connection/contexts.ts';
import { card, type Card } from '../output/view.ts';
import type { Ready } from './announce.ts';
import { contentsOf } from './contents.ts';

interface Greeting {
  readonly ready: Ready;
  /** The context that it was started for, if any. */
  readonly context: string | undefined;
  /** Where the state is; undefined where it is in memory. */
  readonly state: string | undefined;
  /** How many are in each collection. */
  readonly records: Readonly<Record<string, number>>;
}

export const greeting = ({ ready, context, state, records }: Greeting): Card =>
  card(
    { ...ready, token: '********' },
    {
      Gateway: ready.gateway,
      ...(ready.director && { Director: `${ready.director}/graphql` }),
      ...(ready.connector && { Connector: `${ready.connector}/graphql` }),
      ...(ready.provisioner && { Provisioner: `${ready.provisioner}/graphql` }),
      ...(ready.mtls && { 'With certificates': ready.mtls }),
      Tenant: ready.tenant,
      ...(context !== undefined && context !== LOCAL && { Context: context }),
      State: state ?? 'in memory, gone at the end',
      Holds: contentsOf(records),
    },
  );
