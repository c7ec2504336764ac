/** Calls of a provider on behalf of a tenant that subscribed to it (`reference: facts/applications.md 9`). */
import { PROVIDER_LABEL, REGION_LABEL, SELF_REGISTRATION_LABEL, SUBSCRIPTION_PROVIDER_LABEL } from '../application-template/labels.ts';
import { type ApplicationTemplateRecord, applicationTemplates } from '../application-template/records.ts';
import { type ApplicationRecord, applications } from '../application/records.ts';
import { type Call, tenantOf } from '../call.ts';
import { DirectorError, notFound, unauthorized } from '../errors.ts';
import { valueTokens } from '../label/tokens.ts';
import type { Page } from '../page.ts';
import { runtimeContexts } from '../runtime-context/records.ts';
import { runtimes } from '../runtime/records.ts';

const labelled = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([key, value]) => ({ index: 'label' as const, anyOf: valueTokens(key, value) })) as unknown as readonly [
    { index: 'label'; anyOf: string[] },
  ];

const ENOUGH = 1000;

/** The client and region of the token. @throws Unauthorized without one of them */
function clientOf({ caller }: Call): { readonly client: string; readonly region: string } {
  if (!caller.tokenClientId) throw unauthorized('could not find consumer token client ID');
  if (!caller.region) throw unauthorized("could not determine token's region");
  return { client: caller.tokenClientId, region: caller.region };
}

const noRecord = (call: Call, table: string) =>
  unauthorized(
    `Consumer's external tenant ${call.caller.tenant?.externalId ?? ''} was not found as subscription record in the ${table} in the provider tenant ${call.caller.providerTenant?.id ?? ''}`,
  );

/** @throws where the tenant has no runtime context of the provider's runtime */
async function checkRuntimeSubscription(call: Call): Promise<void> {
  const { client, region } = clientOf(call);
  const provider = call.caller.providerTenant?.id ?? '';
  const query = [
    ...labelled({ [SUBSCRIPTION_PROVIDER_LABEL]: client, [REGION_LABEL]: region }),
    { index: 'tenant' as const, anyOf: [provider] },
  ] as const;
  const { records } = await call.tx.page(runtimes, { all: query as never, first: ENOUGH });
  if (records.length === 0)
    throw new DirectorError(
      'NotFound',
      { object: 'runtime' },
      `failed to get runtime in tenant ${provider} for labels region: ${region} and subscriptionProviderId: ${client}: while getting runtime by filters from repo: Object not found`,
    );
  const tenant = call.caller.tenant?.id ?? '';
  for (const runtime of records) if ((await call.tx.count(runtimeContexts, 'runtimeAndTenant', `${runtime.id}|${tenant}`)) > 0) return;
  throw noRecord(call, 'runtime context table for the runtime');
}

const applicationOf = async (call: Call, template: ApplicationTemplateRecord, tenant: string): Promise<ApplicationRecord | undefined> => {
  const all = [
    { index: 'template', anyOf: [template.id] },
    { index: 'tenant', anyOf: [tenant] },
  ] as const;
  return (await call.tx.page(applications, { all, first: 1 })).records[0];
};

/** @throws where the tenant has no application of the provider's template */
async function checkApplicationSubscription(call: Call): Promise<void> {
  const { client, region } = clientOf(call);
  const provider = call.caller.providerTenant?.externalId ?? '';
  const all = labelled({ [SUBSCRIPTION_PROVIDER_LABEL]: client, [REGION_LABEL]: region, [PROVIDER_LABEL]: provider });
  const template = (await call.tx.page(applicationTemplates, { all, first: 1 })).records[0];
  if (!template)
    throw new DirectorError(
      'NotFound',
      { object: 'applicationTemplate' },
      `failed to find application template in tenant ${provider} associated with region: "${region}" and subscriptionProviderId: "${client}": while getting Application Template by filters: Object not found`,
    );
  if (!(await applicationOf(call, template, call.caller.tenant?.id ?? '')))
    throw noRecord(call, 'applications table for any application templates');
}

async function refusalOf(check: Promise<void>): Promise<string | undefined> {
  try {
    await check;
    return undefined;
  } catch (error) {
    if (error instanceof DirectorError) return error.message;
    throw error;
  }
}

const CONSUMERS = ['Runtime', 'External Certificate'];

/** Whether the caller may act for the tenant that it names; nothing for calls that name none. @throws Unauthorized */
export async function checkOnBehalfOf(call: Call): Promise<void> {
  if (!call.caller.onBehalfOf) return;
  const { type } = call.caller.consumer;
  if (!CONSUMERS.includes(type)) throw unauthorized(`consumer with type ${type} is not supported`);
  const asRuntime = await refusalOf(checkRuntimeSubscription(call));
  const asApplication = asRuntime && (await refusalOf(checkApplicationSubscription(call)));
  if (asRuntime !== undefined && asApplication !== undefined)
    throw unauthorized(
      `subscription record not found neither for application: ${JSON.stringify(asApplication)} nor for runtime: ${JSON.stringify(asRuntime)}`,
    );
}

/** The one system that the caller sees on behalf of the tenant, whatever page was asked for. @throws NotFound [object=applicationTemplate] */
export async function listOnBehalf(call: Call): Promise<Page<ApplicationRecord>> {
  const tenant = tenantOf(call);
  const { consumer, region = '', tokenClientId = '' } = call.caller;
  const all = labelled({ [PROVIDER_LABEL]: consumer.id, [REGION_LABEL]: region, [SELF_REGISTRATION_LABEL]: tokenClientId });
  const template = (await call.tx.page(applicationTemplates, { all, first: 1 })).records[0];
  const application = template && (await applicationOf(call, template, tenant));
  if (!template) throw notFound('applicationTemplate');
  if (!application) throw notFound('application');
  return { data: [application], totalCount: 1, pageInfo: { startCursor: '1', endCursor: '1', hasNextPage: false } };
}
