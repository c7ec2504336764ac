/** The webhook for resource discovery that an application of a known type gets with its address (`reference: facts/applications.md 2.6`). */
import type { WriteCall } from '../../call.ts';
import { createWebhooks, webhooksOf } from '../../webhook/rules.ts';
import type { ApplicationRecord } from '../records.ts';
import { formatAddress, parseAddress } from './address.ts';

const DISCOVERY = 'OPEN_RESOURCE_DISCOVERY';
const ACCESS_STRATEGY = 'sap:cmp-mtls:v1';

interface DiscoveryPlace {
  /** Added to the first label of the host, unless it ends so. */
  readonly hostSuffix: string;
  readonly path: string;
  readonly headerTemplate?: string;
  /** Values of the label ppmsProductVersionId that qualify; an application without the label does. */
  readonly productVersions?: readonly string[];
}

/** By the label applicationType. */
const PLACES: Readonly<Record<string, DiscoveryPlace>> = {
  'SAP temp1': { hostSuffix: '', path: '/.well-known/open-resource-discovery', productVersions: ['12345'] },
  'SAP Proxy Template': { hostSuffix: '-api', path: '/proxy', headerTemplate: '{"target_host": ["{{.Application.BaseURL}}"] }' },
};

function placeOf(application: ApplicationRecord): DiscoveryPlace | undefined {
  const { applicationType: type, ppmsProductVersionId: version } = application.labels;
  const place = typeof type === 'string' && Object.hasOwn(PLACES, type) ? PLACES[type] : undefined;
  const versions = place?.productVersions;
  return versions && typeof version === 'string' && version !== '' && !versions.includes(version) ? undefined : place;
}

/** Behind the first label of the host, before a port. */
function withSuffix(host: string, suffix: string): string {
  const [, label = '', more = ''] = /^(\[[^\]]*\]|[^.:]*)(.*)$/s.exec(host) ?? [];
  return label.endsWith(suffix) ? host : `${label}${suffix}${more}`;
}

/** Undefined for an address that cannot be parsed. */
export function discoveryURL(baseUrl: string, { hostSuffix, path }: DiscoveryPlace): string | undefined {
  const address = parseAddress(baseUrl);
  return address && formatAddress({ ...address, host: withSuffix(address.host, hostSuffix) }).replace(/\/$/, '') + path;
}

/** @throws NotUnique [object=appWebhook] where the application's own discovery webhook has another address or access strategy */
export async function addDiscoveryWebhook(call: WriteCall, application: ApplicationRecord, baseUrl: string): Promise<void> {
  const place = placeOf(application);
  const url = place && discoveryURL(baseUrl, place);
  if (!place || url === undefined) return;
  const own = await webhooksOf(call, 'application', application.id);
  if (own.some((webhook) => webhook.type === DISCOVERY && webhook.url === url && webhook.auth?.accessStrategy === ACCESS_STRATEGY)) return;
  const input = { type: DISCOVERY, url, auth: { accessStrategy: ACCESS_STRATEGY }, headerTemplate: place.headerTemplate } as const;
  await createWebhooks(call, { kind: 'application', id: application.id }, [input]);
}
