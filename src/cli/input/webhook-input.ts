/** What webhooks may be for. */
import type { WebhookMode, WebhookType } from '../../client/director.generated.ts';

export const WEBHOOK_TYPES = [
  'CONFIGURATION_CHANGED',
  'APPLICATION_TENANT_MAPPING',
  'REGISTER_APPLICATION',
  'UNREGISTER_APPLICATION',
  'OPEN_RESOURCE_DISCOVERY',
  'OPEN_RESOURCE_DISCOVERY_STATIC',
  'FORMATION_LIFECYCLE',
  'SYSTEM_FIELD_DISCOVERY',
] as const satisfies readonly WebhookType[];

export const WEBHOOK_MODES = ['SYNC', 'ASYNC', 'ASYNC_CALLBACK'] as const satisfies readonly WebhookMode[];
