/** Objects of each kind as a landscape has them: what templates are tried with before there is a landscape. */
import { isObject } from '../../../text/json.ts';
import { GoMap, NamedText, RawJson, Time } from '../../../template/template.ts';
import type { ApplicationRecord } from '../../application/records.ts';
import type { ApplicationTemplateRecord } from '../../application-template/records.ts';
import type { FormationAssignmentRecord } from '../../formation-assignment/records.ts';
import type { FormationRecord } from '../../formation/records.ts';
import type { RuntimeRecord } from '../../runtime/records.ts';
import type { RuntimeContextRecord } from '../../runtime-context/records.ts';
import type { TenantRecord } from '../../tenant/records.ts';
import {
  applicationData,
  applicationTemplateData,
  assignmentData,
  type Data,
  formationData,
  runtimeContextData,
  runtimeData,
  tenantData,
} from './objects.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const CREATED = '2026-01-01T08:00:00Z';
const NAMES = ['orders'];

const TENANT: TenantRecord = {
  id: id(1),
  externalID: id(2),
  name: 'sample subaccount',
  type: 'subaccount',
  provider: 'sample',
  parents: [],
  labels: { region: 'eu-1' },
};
const COMMON = { scenarios: {}, access: [], createdAt: CREATED, status: { condition: 'CONNECTED', timestamp: CREATED } };

const application = (number: number, name: string): ApplicationRecord => ({
  ...COMMON,
  id: id(number),
  name,
  description: `The ${name} of the sample`,
  labels: { applicationType: 'shop', tier: 'gold' },
  localTenantID: `${name}-tenant`,
  baseUrl: `https://${name}.example.com`,
  applicationTemplateID: id(number + 100),
  ready: true,
});

const template = (number: number, name: string): ApplicationTemplateRecord => ({
  id: id(number),
  name: `template of ${name}`,
  applicationInput: { name },
  placeholders: [],
  labels: {},
  accessLevel: 'GLOBAL',
  createdAt: CREATED,
  updatedAt: CREATED,
});

const RUNTIME: RuntimeRecord = {
  ...COMMON,
  id: id(20),
  name: 'prod',
  labels: { runtimeType: 'kyma', global_subaccount_id: TENANT.externalID },
};
const CONTEXT: RuntimeContextRecord = { ...COMMON, id: id(21), runtimeID: RUNTIME.id, key: 'tenant', value: 'customer-1', labels: {} };
const FORMATION: FormationRecord = {
  id: id(30),
  tenant: TENANT.id,
  formationTemplateId: id(31),
  name: 'orders',
  state: 'READY',
  createdAt: CREATED,
};

const assignment = (number: number, source: string, target: string, configuration?: string): FormationAssignmentRecord => ({
  id: id(number),
  formationID: FORMATION.id,
  tenant: TENANT.id,
  source,
  sourceType: 'APPLICATION',
  target,
  targetType: 'APPLICATION',
  state: 'INITIAL',
  operations: [],
  written: 0,
  ...(configuration !== undefined && { configuration }),
});

const tenant = tenantData(TENANT);
const shop = application(10, 'shop');
const crm = application(11, 'crm');
const given = '{"url":"https://shop.example.com/api"}';
const context = { AccountID: null, Path: null, CustomerID: 'customer-1', CostObjectID: '' };

const inFormation = (operation: string, source: string, target: string) => ({
  Operation: new NamedText(operation),
  FormationID: FORMATION.id,
  Formation: formationData(FORMATION),
  CustomerTenantContext: context,
  Assignment: assignmentData(assignment(40, source, target)),
  ReverseAssignment: assignmentData(assignment(41, target, source, given)),
});

const BY_TYPE: Readonly<Record<string, () => Data>> = {
  APPLICATION_TENANT_MAPPING: () => ({
    ...inFormation('assign', shop.id, crm.id),
    SourceApplicationTemplate: applicationTemplateData(template(110, 'shop')),
    SourceApplication: applicationData(shop, tenant, NAMES),
    TargetApplicationTemplate: applicationTemplateData(template(111, 'crm')),
    TargetApplication: applicationData(crm, tenant, NAMES),
  }),
  CONFIGURATION_CHANGED: () => ({
    ...inFormation('assign', shop.id, CONTEXT.id),
    ApplicationTemplate: applicationTemplateData(template(110, 'shop')),
    Application: applicationData(shop, tenant, NAMES),
    Runtime: runtimeData(RUNTIME, tenant, NAMES, []),
    RuntimeContext: runtimeContextData(CONTEXT, tenant, NAMES),
  }),
  FORMATION_LIFECYCLE: () => ({
    Operation: new NamedText('createFormation'),
    Formation: formationData({ ...FORMATION, state: 'INITIAL' }),
    CustomerTenantContext: context,
  }),
};

const SAMPLE_TYPES = Object.keys(BY_TYPE);

/** Something in a sample does not fit. */
export class SampleFault extends Error {
  override readonly name = 'SampleFault';
}

/** The sample objects for a webhook of that type, changed as told. @throws SampleFault for fields that there are not */
export function sampleData(type: string, changes: Readonly<Record<string, unknown>> = {}): Data {
  const make = BY_TYPE[type];
  if (!make) throw new SampleFault(`webhooks of type ${type} are not called by formations; those of ${SAMPLE_TYPES.join(', ')} are`);
  return changed(make(), changes, '') as Data;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function timeOf(wanted: unknown, path: string): Time | null {
  if (wanted === null) return null;
  const date = new Date(String(wanted));
  if (Number.isNaN(date.getTime())) throw new SampleFault(`${path} is a time, such as ${CREATED}, not ${textOf(wanted)}`);
  return new Time(date, '+0000');
}

function changed(present: unknown, wanted: unknown, path: string): unknown {
  if (present instanceof Time) return timeOf(wanted, path);
  if (present instanceof NamedText) return new NamedText(String(wanted));
  if (present instanceof RawJson || path === '.Formation.Error') return wanted === null ? null : new RawJson(textOf(wanted));
  if (/^\.(?:Reverse)?Assignment\.(?:Value|Error)$/.test(path)) return wanted === null ? null : textOf(wanted);
  if (present instanceof GoMap && isObject(wanted))
    return new GoMap([...present, ...Object.entries(wanted).map(([key, value]) => [key, textOf(value)] as const)], present.zero);
  if (!isObject(present) || !isObject(wanted)) return wanted;
  const unknown = Object.keys(wanted).find((name) => !Object.hasOwn(present, name));
  if (unknown !== undefined)
    throw new SampleFault(
      `the sample has no ${path}.${unknown}; there ${path === '' ? 'are' : `are in ${path}`} ${Object.keys(present).join(', ')}`,
    );
  return Object.fromEntries(
    Object.entries(present).map(([name, value]) => [name, name in wanted ? changed(value, wanted[name], `${path}.${name}`) : value]),
  );
}
