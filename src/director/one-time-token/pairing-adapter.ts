/** Integration systems that give out the tokens of their applications themselves: a pairing adapter is asked for each (`reference: facts/connector.md 9`). */
import { isObject } from '../../text/json.ts';
import { requireOwnApplication } from '../application/rules.ts';
import type { ApplicationRecord } from '../application/records.ts';
import { type Call, tenantOf } from '../call.ts';
import type { DirectorContext } from '../context.ts';
import { invalidData, invalidOperation } from '../errors.ts';
import { OutboundError, outboundOptions, send } from '../outbound/http.ts';
import { ancestorsOf, requireTenant } from '../tenant/rules.ts';
import { wishesOf } from './rules.ts';

const TRIES = 3;
/** As long as a token of ours at most, several times over: an answer that is longer holds something else. */
const LONGEST_ANSWER = 65_536;

const failed = (why: string) => invalidOperation(`the pairing adapter of the integration system gave no token: ${why}`, 'systemAuth');

interface ScenarioGroup {
  readonly key: string;
  readonly description: string;
}

/** @throws InvalidData where it is no JSON object */
function scenarioGroup(text: string): ScenarioGroup {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!isObject(value)) throw invalidData(`the scenario group ${text} is no JSON object`);
  const { key, description } = value as Partial<Record<keyof ScenarioGroup, unknown>>;
  return { key: typeof key === 'string' ? key : '', description: typeof description === 'string' ? description : '' };
}

/** The tenant as adapters know it: a subaccount by its account. */
async function accountOf(call: Call) {
  const tenant = await requireTenant(call, tenantOf(call));
  if (tenant.type !== 'subaccount') return tenant;
  return (await ancestorsOf(call, tenant.id)).find(({ type }) => type === 'account') ?? tenant;
}

const applicationView = (application: ApplicationRecord) => ({
  id: application.id,
  name: application.name,
  providerName: application.providerName ?? null,
  description: application.description ?? null,
  integrationSystemID: application.integrationSystemID ?? null,
  applicationTemplateID: application.applicationTemplateID ?? null,
  healthCheckURL: application.healthCheckURL ?? null,
  systemNumber: application.systemNumber ?? null,
  localTenantID: application.localTenantID ?? null,
  baseUrl: application.baseUrl ?? null,
  applicationNamespace: application.applicationNamespace ?? null,
  status: application.status,
  labels: application.labels,
});

/** The token in an answer, whichever way its key is written. */
function tokenIn(body: string): string | undefined {
  try {
    const entries = Object.entries((JSON.parse(body) ?? {}) as Record<string, unknown>);
    const token = entries.find(([key]) => key.toLowerCase() === 'token')?.[1];
    return typeof token === 'string' && token !== '' ? token : undefined;
  } catch {
    return undefined;
  }
}

async function ask(ctx: DirectorContext, url: string, body: string): Promise<string> {
  // Whoever runs the plane has named the address.
  const options = { ...(await outboundOptions(ctx, undefined)), privateAddresses: true, maxBytes: LONGEST_ANSWER };
  for (let attempt = 1; ; attempt++)
    try {
      const { status, body: answer } = await send({ method: 'POST', url, headers: { 'content-type': 'application/json' }, body }, options);
      if (status !== 200) throw failed(`it answered ${status}`);
      const token = tokenIn(answer.toString('utf8'));
      if (token === undefined) throw failed('there is none in its answer');
      return token;
    } catch (error) {
      if (attempt === TRIES) throw error instanceof OutboundError ? failed(error.message) : error;
    }
}

/**
 * The token that the adapter of the application's integration system gives, asked for up to three times; undefined where it has none.
 * @throws NotFound for the application, InvalidData for scenario groups that can't be read, InvalidOperation where the adapter gives no token
 */
export async function tokenFromAdapter(ctx: DirectorContext, applicationID: string | undefined): Promise<string | undefined> {
  const adapters = ctx.director.settings.pairingAdapters;
  if (!adapters || applicationID === undefined) return undefined;
  const application = await requireOwnApplication(ctx.call, applicationID);
  const url = application.integrationSystemID && adapters.get(application.integrationSystemID);
  if (!url) return undefined;
  const { externalID, type } = await accountOf(ctx.call);
  const asked = {
    Application: applicationView(application),
    Tenant: externalID,
    TenantType: type,
    ClientUser: ctx.headers['client_user'] || ctx.requestId,
    ScenarioGroups: wishesOf(ctx.headers).scenarioGroups.map(scenarioGroup),
  };
  return ask(ctx, url, JSON.stringify(asked));
}
