/** What a webhook must look like, in the wire's order (`reference: facts/security.md 5.1`). */
import { authFault } from '../auth/rules.ts';
import { invalidData } from '../errors.ts';
import type { WebhookInput } from '../schema/types.generated.ts';
import { url } from '../texts/url.ts';
import { atLeastZero, type Fault, type Faults, faultsOf, first, length, RawFault } from '../validation.ts';
import { requestAddressFault } from './address.ts';
import { templateFault } from './templates.ts';

/** Types whose calls take part in formations. */
const FORMATION_TYPES = ['CONFIGURATION_CHANGED', 'APPLICATION_TENANT_MAPPING', 'FORMATION_LIFECYCLE'];
/** Types that are called without anything to tell. */
const DISCOVERY_TYPES = ['OPEN_RESOURCE_DISCOVERY', 'OPEN_RESOURCE_DISCOVERY_STATIC', 'SYSTEM_FIELD_DISCOVERY'];
const ASYNCHRONOUS_TYPES = ['REGISTER_APPLICATION', 'UNREGISTER_APPLICATION'];

function modeFault({ type, mode }: WebhookInput): string | undefined {
  if (!mode) return undefined;
  if (FORMATION_TYPES.includes(type)) return mode === 'ASYNC' ? 'must be a valid value' : undefined;
  return mode === 'ASYNC_CALLBACK' ? 'must not be in list' : undefined;
}

const fieldFaults = (input: WebhookInput): Faults | undefined =>
  faultsOf({
    url: first(input.url, url, length(0, 256)),
    correlationIdKey: first(input.correlationIdKey, length(0, 256)),
    mode: modeFault(input),
    retryInterval: first(input.retryInterval, atLeastZero),
    timeout: first(input.timeout, atLeastZero),
    auth: first(input.auth, authFault),
  });

const given = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

function addressFault({ url: address, urlTemplate }: WebhookInput): string | undefined {
  if (!given(address) && !given(urlTemplate)) return 'missing webhook url';
  if (given(address) && given(urlTemplate)) return 'cannot provide both webhook url and url template';
  const fault = given(address) ? requestAddressFault(address) : undefined;
  return fault === undefined ? undefined : `failed to parse webhook url: ${fault}`;
}

function templatesFault(input: WebhookInput): string | undefined {
  const { type, urlTemplate, inputTemplate, headerTemplate, outputTemplate } = input;
  if (DISCOVERY_TYPES.includes(type) && [urlTemplate, inputTemplate, headerTemplate].some(given))
    return `missing template input for type: ${type}`;
  const judged = [
    { name: 'url', kind: 'url', text: urlTemplate },
    { name: 'input', kind: 'input', text: inputTemplate },
    { name: 'headers', kind: 'headers', text: headerTemplate },
    { name: 'output', kind: 'output', text: outputTemplate },
  ] as const;
  for (const { name, kind, text } of judged) {
    if (kind === 'output' && !given(text) && ASYNCHRONOUS_TYPES.includes(type)) return `outputTemplate is required for type: ${type}`;
    const fault = given(text) ? templateFault(text, kind, type) : undefined;
    if (fault !== undefined) return `failed to parse webhook ${name} template: ${fault}`;
  }
  return undefined;
}

/** A status is only asked for in mode ASYNC; in others the template is kept unread. */
function statusFault({ type, mode, statusTemplate }: WebhookInput): string | undefined {
  if (mode !== 'ASYNC') return undefined;
  if (!given(statusTemplate)) return 'missing webhook status template';
  const fault = templateFault(statusTemplate, 'status', type);
  return fault === undefined ? undefined : `failed to parse webhook status template: ${fault}`;
}

/** The reason against the webhook as a whole, once its fields are in order. */
const reasonAgainst = (input: WebhookInput): string | undefined => addressFault(input) ?? templatesFault(input) ?? statusFault(input);

/** What is wrong with a webhook inside another input. */
export function webhookFault(input: WebhookInput): Fault | undefined {
  const faults = fieldFaults(input);
  if (faults) return faults;
  const reason = reasonAgainst(input);
  return reason === undefined ? undefined : new RawFault(invalidData(reason).message);
}

/** What is wrong with a webhook that stands alone. @throws InvalidData with a reason against it as a whole */
export function judgeWebhook(input: WebhookInput): Faults | undefined {
  const faults = fieldFaults(input);
  if (faults) return faults;
  const reason = reasonAgainst(input);
  if (reason !== undefined) throw invalidData(reason);
  return undefined;
}
