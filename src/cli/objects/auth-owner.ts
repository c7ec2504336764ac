/** Whose credentials are meant: an application's, a runtime's or an integration system's. */
import { Flags } from '@oclif/core';
import type { Client } from '../../client/client.ts';
import {
  ApplicationAuthsDocument,
  ApplicationCredentialsDocument,
  DeleteApplicationAuthDocument,
  DeleteIntegrationSystemAuthDocument,
  DeleteRuntimeAuthDocument,
  IntegrationSystemAuthsDocument,
  IntegrationSystemCredentialsDocument,
  RuntimeAuthsDocument,
  RuntimeCredentialsDocument,
} from '../../client/director.generated.ts';
import { Failure } from '../failure/failure.ts';
import { idOf, type KindName } from './resolve.ts';

const OWNERS = ['app', 'runtime', 'integration-system'] as const;
type Owner = (typeof OWNERS)[number];

const flag = (name: Owner, summary: string) =>
  Flags.string({ summary, helpValue: 'NAME', exclusive: OWNERS.filter((other) => other !== name) });

export const AUTH_OWNER_FLAGS = {
  app: flag('app', 'Application, by name or id.'),
  runtime: flag('runtime', 'Runtime, by name or id.'),
  'integration-system': flag('integration-system', 'Integration system, by name or id.'),
};

const KINDS = {
  app: {
    kind: 'application',
    list: ApplicationAuthsDocument,
    request: ApplicationCredentialsDocument,
    remove: DeleteApplicationAuthDocument,
  },
  runtime: { kind: 'runtime', list: RuntimeAuthsDocument, request: RuntimeCredentialsDocument, remove: DeleteRuntimeAuthDocument },
  'integration-system': {
    kind: 'integrationSystem',
    list: IntegrationSystemAuthsDocument,
    request: IntegrationSystemCredentialsDocument,
    remove: DeleteIntegrationSystemAuthDocument,
  },
} as const satisfies Record<Owner, { kind: KindName } & Record<string, unknown>>;

/** Its documents and id. @throws Failure input_needed where no flag names one */
export async function authOwnerFrom(director: Client, flags: Readonly<Partial<Record<Owner, string | undefined>>>) {
  for (const name of OWNERS) {
    const asked = flags[name];
    if (asked !== undefined) return { ...KINDS[name], asked, id: await idOf(director, KINDS[name].kind, asked) };
  }
  const needed = OWNERS.map((name) => `--${name}`);
  throw new Failure('input_needed', `One of ${needed.join(', ')} must say whose credentials are meant.`, {
    hint: 'Give one of them, with a name or id.',
    details: { flags: needed },
  });
}
