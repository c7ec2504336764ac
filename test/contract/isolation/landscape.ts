/** A Director in this process with tenants that have one of everything: what the isolation matrix asks about, and who asks. */
import { randomUUID } from 'node:crypto';
import { applications } from '../../../src/director/application/records.ts';
import { createDirector, type Director } from '../../../src/director/director.ts';
import { seedFormationTemplates } from '../../../src/director/formation-template/seed.ts';
import { operations } from '../../../src/director/operation/records.ts';
import type { Identity } from '../../../src/identity/identity.ts';
import { ALL_SCOPES } from '../../../src/identity/scopes.ts';
import { directorsRegistry, SETTINGS } from '../../support/director-asked.ts';
import { type Ask, asking, done, type Estate, type Tenant } from './asking.ts';
import { furnish } from './furnish.ts';

/** Every scope of the table: what an administrator of an installation holds, and all that keeps callers apart then is tenants and consumers. */
export const EVERYTHING = ALL_SCOPES;

/** What belongs to no tenant. */
export type Shared = Readonly<Record<string, string>>;

export interface Landscape {
  readonly director: Director;
  readonly ask: Ask;
  /** The tenants by the part that they play. The victim is below the customer, beside the sibling and above the child. */
  readonly tenants: Readonly<Record<'customer' | 'victim' | 'sibling' | 'child' | 'stranger' | 'reader', Tenant>>;
  readonly shared: Shared;
  /** One more set of everything for a tenant. */
  furnish(tenant: Tenant): Promise<Estate>;
  /** Moves with everything that is stored. */
  sequence(): number | undefined;
}

export const user = (tenant?: Tenant, scopes: readonly string[] = EVERYTHING): Identity => ({
  ...(tenant ? { tenant } : {}),
  consumer: { id: 'somebody', type: 'Static User' },
  flow: 'JWT',
  scopes,
});

/** An application or runtime of the tenant; by its token, so that calling leaves no mark on it. */
export const consumer = (tenant: Tenant, type: 'Application' | 'Runtime', id: string): Identity => ({
  tenant,
  consumer: { id, type },
  flow: 'OneTimeToken',
  scopes: EVERYTHING,
});

export async function prepare(): Promise<Landscape> {
  const registry = directorsRegistry();
  const director = createDirector({ registry, settings: SETTINGS });
  const ask = asking(director);
  const nobody = user();
  await registry.write({ by: 'test', operation: 'seed' }, (tx) => seedFormationTemplates(director.callFor(nobody, tx)));

  const tenant = async (type: string, parent?: Tenant): Promise<Tenant> => {
    // ids of customers lose zeros in front
    const externalId = randomUUID().replace(/^0+/, (zeros) => 'a'.repeat(zeros.length));
    const parents = parent ? `, parents: ["${parent.externalId}"]` : '';
    const id = await done<string>(
      ask,
      nobody,
      `mutation { result: writeTenant(in: {name: "${type}", externalTenant: "${externalId}", type: "${type}", provider: "test"${parents}}) }`,
    );
    return { id, externalId };
  };
  const customer = await tenant('customer');
  const victim = await tenant('account', customer);
  const tenants = {
    customer,
    victim,
    sibling: await tenant('account', customer),
    child: await tenant('subaccount', victim),
    stranger: await tenant('account', await tenant('customer')),
    reader: await tenant('account', await tenant('customer')),
  };

  const system = await done(ask, nobody, `mutation { result: registerIntegrationSystem(in: {name: "system"}) { id } }`);
  const systemAuth = await done(
    ask,
    nobody,
    `mutation { result: requestClientCredentialsForIntegrationSystem(id: "${system.id}") { id } }`,
  );
  const template = await done(
    ask,
    nobody,
    `mutation { result: createApplicationTemplate(in: {name: "kind", accessLevel: GLOBAL, placeholders: [{name: "name"}], applicationInput: {name: "{{name}}", baseUrl: "http://kind.test", localTenantID: "{{name}}", labels: {applicationType: "kind"}}}) { id } }`,
  );
  const constraint = await done(
    ask,
    nobody,
    `mutation { result: createFormationConstraint(formationConstraint: {name: "rule", constraintType: PRE, targetOperation: ASSIGN_FORMATION, operator: "IsNotAssignedToAnyFormationOfType", resourceType: TENANT, resourceSubtype: "account", inputTemplate: "{\\"formation_template_id\\": \\"{{.FormationTemplateID}}\\",\\"resource_type\\": \\"{{.ResourceType}}\\",\\"resource_subtype\\": \\"{{.ResourceSubtype}}\\",\\"resource_id\\": \\"{{.ResourceID}}\\",\\"tenant\\": \\"{{.TenantID}}\\"}", constraintScope: FORMATION_TYPE}) { id } }`,
  );
  const mapping = await done(
    ask,
    nobody,
    `mutation { result: createCertificateSubjectMapping(in: {subject: "C=DE, L=local, O=SAP SE, OU=clients, CN=shared", consumerType: "Technical Client", tenantAccessLevels: ["account"]}) { id } }`,
  );
  const operation = {
    id: randomUUID(),
    operationType: 'ORD_AGGREGATION',
    status: 'COMPLETED',
    errorSeverity: 'NONE',
    priority: 1,
    createdAt: new Date().toISOString(),
  } as const;
  await registry.write({ by: 'test', operation: 'discovery' }, (tx) => tx.put(operations, operation));
  const shared: Shared = {
    integrationSystem: system.id,
    integrationSystemAuth: systemAuth.id,
    applicationTemplate: template.id,
    constraint: constraint.id,
    mapping: mapping.id,
    operation: operation.id,
  };

  return {
    director,
    ask,
    tenants,
    shared,
    sequence: () => registry.sequence,
    furnish: (owner) =>
      furnish(ask, user(owner), {
        tenant: () => tenant('subaccount', owner),
        // as the components that read the landscape's system catalogue would
        number: (id, systemNumber) =>
          registry.write({ by: 'test', operation: 'discovery' }, async (tx) => {
            const record = await tx.get(applications, id);
            if (record) await tx.put(applications, { ...record, systemNumber });
          }),
      }),
  };
}
