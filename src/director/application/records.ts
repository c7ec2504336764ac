import { collection, type Stored } from '../../registry/contract.ts';
import type { Labels, Scenarios } from '../label/records.ts';
import { SHARED_WORK } from '../background.ts';
import { labelTokens } from '../label/tokens.ts';
import { type Access, accessKeys } from '../tenant-access/records.ts';
import { normalizeName } from './name.ts';

export interface ApplicationRecord extends Stored {
  readonly name: string;
  readonly systemNumber?: string;
  readonly localTenantID?: string;
  readonly baseUrl?: string;
  readonly providerName?: string;
  readonly description?: string;
  readonly healthCheckURL?: string;
  readonly applicationNamespace?: string;
  readonly integrationSystemID?: string;
  readonly applicationTemplateID?: string;
  readonly status: { readonly condition: string; readonly timestamp: string };
  readonly labels: Labels;
  readonly scenarios: Scenarios;
  readonly access: readonly Access[];
  /** False while an asynchronous operation is under way. */
  readonly ready: boolean;
  readonly createdAt: string;
  readonly updatedAt?: string;
  readonly deletedAt?: string;
  readonly error?: string;
}

/** Milliseconds: longer than webhooks are waited for. */
const LONGEST_OPERATION = 3_600_000;

export const applications = collection<ApplicationRecord>()(
  'applications',
  {
    /** By each tenant that sees it. */
    tenant: { keys: accessKeys },
    /** `<tenant>|<normalised name>` for each tenant that sees it. */
    name: { keys: (app) => accessKeys(app).map((tenant) => `${tenant}|${normalizeName(app.name)}`) },
    label: { keys: (app) => labelTokens(app.labels) },
    template: { keys: (app) => (app.applicationTemplateID ? [app.applicationTemplateID] : []) },
    integrationSystem: { keys: (app) => (app.integrationSystemID ? [app.integrationSystemID] : []) },
    systemNumber: { keys: (app) => (app.systemNumber ? [app.systemNumber] : []) },
    localTenant: { keys: (app) => (app.localTenantID ? [app.localTenantID] : []) },
    /** `<tenant of the formations>|<formation name>`. */
    scenario: { keys: (app) => Object.entries(app.scenarios).flatMap(([tenant, names]) => names.map((name) => `${tenant}|${name}`)) },
    /** Those with an asynchronous operation under way. */
    pending: { keys: (app) => (app.ready ? [] : ['pending']) },
    all: { keys: () => ['all'] },
  },
  { work: { index: 'pending', after: SHARED_WORK.after, patience: LONGEST_OPERATION } },
);
