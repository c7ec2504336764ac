/** Product roles of application templates: which systems of a landscape are of this template (`reference: facts/applications.md 5.3`). */
import { isDeepStrictEqual } from 'node:util';
import type { Call } from '../call.ts';
import { invalidData, invalidOperation } from '../errors.ts';
import type { Labels } from '../label/records.ts';
import { keyToken, valueTokens } from '../label/tokens.ts';
import type { ApplicationJsonInput, PlaceholderDefinitionInput } from '../schema/types.generated.ts';
import { REGION_LABEL } from './labels.ts';
import { type ApplicationTemplateRecord, applicationTemplates } from './records.ts';

export const ROLE_LABEL = 'systemRole';
const FILTER_LABEL = 'slisFilter';
const OBJECT = 'applicationTemplate';

const defaultFilter = (role: string) => ({
  productId: role,
  filter: [{ key: '$.additionalAttributes.managedBy', operation: 'exclude', value: ['SAP Cloud'] }],
});

function rolesOf(labels: Labels): string[] | undefined {
  const roles = labels[ROLE_LABEL];
  if (roles === undefined) return undefined;
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === 'string'))
    throw invalidData(`label ${ROLE_LABEL} must be a list of texts`);
  return roles;
}

function checkFilter(filter: unknown, roles: readonly string[]): void {
  if (!Array.isArray(filter)) throw invalidData(`label ${FILTER_LABEL} must be a list`);
  const products = filter.map((entry: { productId?: unknown } | null) => entry?.productId);
  if (!products.every((product) => typeof product === 'string'))
    throw invalidData(`each element of label ${FILTER_LABEL} must have a productId`);
  if (roles.length === 0 || !isDeepStrictEqual([...products].sort(), [...roles].sort()))
    throw invalidData(`the product ids of label ${FILTER_LABEL} must be those of label ${ROLE_LABEL}`);
}

const regionPath = (placeholders: readonly { name: string; jsonPath?: string | null | undefined }[]) =>
  placeholders.find((placeholder) => placeholder.name === REGION_LABEL)?.jsonPath || undefined;

/** What a regional template needs in its input. */
function checkRegional(input: ApplicationJsonInput, placeholders: readonly PlaceholderDefinitionInput[]): void {
  if (!Object.hasOwn(input.labels ?? {}, REGION_LABEL))
    throw invalidData(`the application input of a regional application template needs label "${REGION_LABEL}"`);
  if (!regionPath(placeholders)) throw invalidData(`a regional application template needs a placeholder "${REGION_LABEL}" with a jsonPath`);
}

/** Templates of any of the roles; with no role, all that there are. */
async function templatesOfRoles(call: Call, roles: readonly string[]): Promise<ApplicationTemplateRecord[]> {
  if (roles.length === 0) return [...(await call.tx.find(applicationTemplates, 'label', keyToken(ROLE_LABEL)))];
  const found = await call.tx.findMany(
    applicationTemplates,
    'label',
    roles.flatMap((role) => valueTokens(ROLE_LABEL, [role])),
  );
  return [...new Map(found.flat().map((template) => [template.id, template])).values()];
}

async function checkRolesFree(
  call: Call,
  roles: readonly string[],
  region: unknown,
  placeholders: readonly PlaceholderDefinitionInput[],
): Promise<void> {
  for (const other of await templatesOfRoles(call, roles)) {
    const taken = (reason: string) => invalidOperation(`an application template with label "${ROLE_LABEL}" ${reason}`, OBJECT);
    const otherRegion = other.labels[REGION_LABEL];
    if (otherRegion === undefined) throw taken('is global and already exists');
    if (region === undefined) throw taken(`is regional: this one needs label "${REGION_LABEL}", too`);
    if (otherRegion === region) throw taken(`and region "${String(region)}" already exists`);
    if (regionPath(other.placeholders) !== regionPath(placeholders)) throw taken(`has another jsonPath for placeholder "${REGION_LABEL}"`);
  }
}

/** The labels of a new template, with the product filter that its roles ask for. @throws InvalidData, InvalidOperation for roles that are taken */
export async function withProductFilter(
  call: Call,
  labels: Labels,
  input: ApplicationJsonInput,
  placeholders: readonly PlaceholderDefinitionInput[],
): Promise<Labels> {
  const roles = rolesOf(labels);
  const filter = labels[FILTER_LABEL];
  if (!roles) {
    if (filter !== undefined) throw invalidData(`label ${FILTER_LABEL} needs label ${ROLE_LABEL}`);
    return labels;
  }
  if (filter !== undefined) checkFilter(filter, roles);
  const region = labels[REGION_LABEL];
  if (region !== undefined) checkRegional(input, placeholders);
  await checkRolesFree(call, roles, region, placeholders);
  return filter === undefined ? { ...labels, [FILTER_LABEL]: roles.map(defaultFilter) } : labels;
}
