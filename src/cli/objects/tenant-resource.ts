/** Which object a tenant is given access to. */
import { Flags } from '@oclif/core';
import type { Client } from '../../client/client.ts';
import type { TenantAccessObjectType } from '../../client/director.generated.ts';
import { Failure } from '../failure/failure.ts';
import { idOf } from './resolve.ts';

const KINDS = ['app', 'runtime', 'runtime-context'] as const;
type Kind = (typeof KINDS)[number];
const flag = (kind: Kind, summary: string, helpValue: string) =>
  Flags.string({ summary, helpValue, exclusive: KINDS.filter((other) => other !== kind) });

export const RESOURCE_FLAGS = {
  app: flag('app', 'Application, by name or id.', 'NAME'),
  runtime: flag('runtime', 'Runtime, by name or id.', 'NAME'),
  'runtime-context': flag('runtime-context', 'Runtime context, by id.', 'ID'),
};

/** @throws Failure input_needed where no flag names one */
export async function resourceFrom(
  director: Client,
  flags: Readonly<Partial<Record<Kind, string | undefined>>>,
): Promise<{ id: string; type: TenantAccessObjectType }> {
  if (flags.app !== undefined) return { id: await idOf(director, 'application', flags.app), type: 'APPLICATION' };
  if (flags.runtime !== undefined) return { id: await idOf(director, 'runtime', flags.runtime), type: 'RUNTIME' };
  if (flags['runtime-context'] !== undefined) return { id: flags['runtime-context'], type: 'RUNTIME_CONTEXT' };
  const needed = KINDS.map((kind) => `--${kind}`);
  throw new Failure('input_needed', `One of ${needed.join(', ')} must say what is meant.`, {
    hint: 'Give one of them, with a name or id.',
    details: { flags: needed },
  });
}
