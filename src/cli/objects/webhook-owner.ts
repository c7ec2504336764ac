/** Whose webhooks are meant: exactly one owner, named by the flag of its kind. */
import { Flags } from '@oclif/core';
import type { Client } from '../../client/client.ts';
import {
  ApplicationTemplateWebhooksDocument,
  ApplicationWebhooksDocument,
  FormationTemplateWebhooksDocument,
  RuntimeWebhooksDocument,
  type WebhookDetailsFragment,
} from '../../client/director.generated.ts';
import { Failure } from '../failure/failure.ts';
import { idOf, type KindName, missing } from './resolve.ts';

const OWNERS = ['app', 'app-template', 'runtime', 'formation-template'] as const;
type OwnerFlag = (typeof OWNERS)[number];

const flag = (name: OwnerFlag, summary: string) =>
  Flags.string({ summary, helpValue: 'NAME', exclusive: OWNERS.filter((other) => other !== name) });

export const OWNER_FLAGS = {
  app: flag('app', 'Application, by name or id.'),
  'app-template': flag('app-template', 'Application template, by name or id.'),
  runtime: flag('runtime', 'Runtime, by name or id.'),
  'formation-template': flag('formation-template', 'Formation template, by name or id.'),
};

const KINDS = {
  app: 'application',
  'app-template': 'applicationTemplate',
  runtime: 'runtime',
  'formation-template': 'formationTemplate',
} as const satisfies Record<OwnerFlag, KindName>;

const LISTS = {
  application: ApplicationWebhooksDocument,
  applicationTemplate: ApplicationTemplateWebhooksDocument,
  runtime: RuntimeWebhooksDocument,
  formationTemplate: FormationTemplateWebhooksDocument,
} as const;

export interface WebhookOwner {
  readonly kind: keyof typeof LISTS;
  readonly id: string;
}

/** @throws Failure input_needed where no flag names one */
export async function ownerFrom(director: Client, flags: Readonly<Partial<Record<OwnerFlag, string | undefined>>>): Promise<WebhookOwner> {
  for (const name of OWNERS) {
    const asked = flags[name];
    if (asked !== undefined) return { kind: KINDS[name], id: await idOf(director, KINDS[name], asked) };
  }
  const needed = OWNERS.map((name) => `--${name}`);
  throw new Failure('input_needed', `One of ${needed.join(', ')} must say whose webhook is meant.`, {
    hint: 'Give one of them, with a name or id.',
    details: { flags: needed },
  });
}

export async function webhooksOf(director: Client, { kind, id }: WebhookOwner): Promise<readonly WebhookDetailsFragment[]> {
  const { owner } = await director.request(LISTS[kind], { id });
  if (owner === null) throw missing(kind, id);
  return owner.webhooks ?? [];
}
