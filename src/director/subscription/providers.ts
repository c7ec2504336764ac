/** Who provides what is subscribed to: a runtime or an application template, known by two labels. */
import type { Term } from '../../registry/contract.ts';
import { applicationTemplates, type ApplicationTemplateRecord } from '../application-template/records.ts';
import type { Call } from '../call.ts';
import { unclassified } from '../errors.ts';
import { valueTokens } from '../label/tokens.ts';
import { runtimes, type RuntimeRecord } from '../runtime/records.ts';

const PROVIDER_LABEL = 'subscriptionProviderId';
const REGION_LABEL = 'region';

/** More runtimes than this with the same two labels do not tell more. */
const ENOUGH = 1000;

export type Provider =
  | { readonly kind: 'runtime'; readonly candidates: readonly RuntimeRecord[] }
  | { readonly kind: 'template'; readonly template: ApplicationTemplateRecord };

const labelled = (key: string, value: string): Term<'label'> => ({ index: 'label', anyOf: valueTokens(key, value) });

/** In whatever tenant. @throws UnclassifiedError where both a runtime and a template claim it */
export async function providerOf(call: Call, providerID: string, region: string): Promise<Provider | undefined> {
  const all = [labelled(PROVIDER_LABEL, providerID), labelled(REGION_LABEL, region)] as const;
  const { records: candidates } = await call.tx.page(runtimes, { all, first: ENOUGH });
  const { records: templates } = await call.tx.page(applicationTemplates, { all, first: 1 });
  const template = templates[0];
  if (candidates.length > 0 && template)
    throw unclassified(`both a runtime and an application template provide ${providerID} in region ${region}`);
  if (candidates.length > 0) return { kind: 'runtime', candidates };
  return template && { kind: 'template', template };
}
