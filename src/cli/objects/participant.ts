/** Who joins or leaves a formation: exactly one object, named by the flag of its kind. */
import { Flags } from '@oclif/core';
import type { Client } from '../../client/client.ts';
import type { FormationObjectType } from '../../client/director.generated.ts';
import { Failure } from '../failure/failure.ts';
import { idOf } from './resolve.ts';

const KINDS = ['app', 'runtime', 'runtime-context', 'subaccount'] as const;
const others = (kind: (typeof KINDS)[number]) => ({ exclusive: KINDS.filter((other) => other !== kind) });

export const PARTICIPANT_FLAGS = {
  app: Flags.string({ char: 'a', summary: 'Application, by name or id.', helpValue: 'NAME', ...others('app') }),
  runtime: Flags.string({ char: 'r', summary: 'Runtime, by name or id.', helpValue: 'NAME', ...others('runtime') }),
  'runtime-context': Flags.string({ summary: 'Runtime context, by id.', helpValue: 'ID', ...others('runtime-context') }),
  subaccount: Flags.string({
    summary: 'Tenant whose runtimes join by themselves, by its external id.',
    helpValue: 'ID',
    ...others('subaccount'),
  }),
};

export interface Participant {
  readonly id: string;
  readonly type: FormationObjectType;
  /** As the user named it. */
  readonly asked: string;
}

/** @throws Failure input_needed where no flag names one */
export async function participantFrom(
  director: Client,
  flags: Readonly<Partial<Record<(typeof KINDS)[number], string | undefined>>>,
): Promise<Participant> {
  const { app, runtime, 'runtime-context': context, subaccount } = flags;
  if (app !== undefined) return { id: await idOf(director, 'application', app), type: 'APPLICATION', asked: app };
  if (runtime !== undefined) return { id: await idOf(director, 'runtime', runtime), type: 'RUNTIME', asked: runtime };
  if (context !== undefined) return { id: context, type: 'RUNTIME_CONTEXT', asked: context };
  if (subaccount !== undefined) return { id: subaccount, type: 'TENANT', asked: subaccount };
  const needed = KINDS.map((kind) => `--${kind}`);
  throw new Failure('input_needed', `One of ${needed.join(', ')} must say what is meant.`, {
    hint: 'Give one of them, with a name or id.',
    details: { flags: needed },
  });
}
