/** Integration dependencies: what an application needs from others (`reference: facts/bundles.md 8`). */
import type { Awaitable } from '../../registry/contract.ts';
import { findApplication } from '../application/find.ts';
import type { ApplicationRecord } from '../application/records.ts';
import { applicationTemplates } from '../application-template/records.ts';
import { requireChangeable, requireParentApplication } from '../bundle/access.ts';
import { listed, nothingListed, removeAll } from '../bundle/lists.ts';
import { type Call, type WriteCall, tenantOf } from '../call.ts';
import { isNeighbour } from '../consumer/neighbour.ts';
import { invalidData, notFound, notUnique } from '../errors.ts';
import type { Page, PageArguments } from '../page.ts';
import type { AspectInput, IntegrationDependencyInput } from '../schema/types.generated.ts';
import { versionFromInput } from '../spec/rules.ts';
import { sees } from '../tenant-access/rules.ts';
import { type AspectRecord, integrationDependencies, type IntegrationDependencyRecord, packages } from './records.ts';

const KIND = 'integrationDependency';
const SEES_INTERNAL = 'internal_visibility:read';

function aspectFromInput(call: Call, input: AspectInput): AspectRecord {
  return {
    id: call.newId(),
    name: input.name,
    description: input.description ?? undefined,
    mandatory: input.mandatory ?? false,
    apiResources: input.apiResources?.map(({ ordId }) => ({ ordID: ordId })),
    eventResources: (input.eventResources ?? []).map(({ ordId, subset }) => ({
      ordID: ordId,
      subset: subset?.map((part) => (part ? { eventType: part.eventType ?? undefined } : null)),
    })),
  };
}

async function namespaceOf(call: Call, application: ApplicationRecord): Promise<string | undefined> {
  const { applicationNamespace: own, applicationTemplateID: template } = application;
  if (own !== undefined || template === undefined) return own;
  return (await call.tx.get(applicationTemplates, template))?.applicationNamespace;
}

/** The package that the dependency says, or a new one: an application has no second one of those in a namespace. */
async function packageFor(call: WriteCall, application: ApplicationRecord, given: string | null | undefined): Promise<string> {
  if (given !== null && given !== undefined) {
    if ((await call.tx.get(packages, given))?.applicationID !== application.id)
      throw invalidData(`package with ID: "${given}" does not exist`);
    return given;
  }
  const namespace = await namespaceOf(call, application);
  const others = await call.tx.find(packages, 'application', application.id);
  if (others.some((other) => other.namespace === namespace)) throw notUnique('package');
  const id = call.newId();
  await call.tx.put(packages, { id, applicationID: application.id, ...(namespace === undefined ? {} : { namespace }) });
  return id;
}

/** @throws NotFound for an application that the caller does not see, Unauthorized without ownership, NotUnique for an ORD id that the application has already */
export async function addDependency(
  call: WriteCall,
  applicationID: string,
  input: IntegrationDependencyInput,
): Promise<IntegrationDependencyRecord> {
  if (!(await findApplication(call, applicationID)) || isNeighbour(call, 'application', applicationID)) throw notFound('application');
  const application = await requireParentApplication(call, applicationID, KIND);
  const packageID = await packageFor(call, application, input.partOfPackage);
  if ((await call.tx.count(integrationDependencies, 'ordID', `${applicationID}|${input.ordID}`)) > 0) throw notUnique(KIND);
  const dependency: IntegrationDependencyRecord = {
    id: call.newId(),
    applicationID,
    packageID,
    name: input.name,
    description: input.description ?? undefined,
    ordID: input.ordID,
    visibility: input.visibility ?? 'public',
    releaseStatus: input.releaseStatus ?? 'active',
    mandatory: input.mandatory ?? false,
    aspects: (input.aspects ?? []).map((aspect) => aspectFromInput(call, aspect)),
    version: versionFromInput(input.version),
    labels: input.labels ?? undefined,
    createdAt: call.now(),
  };
  await call.tx.put(integrationDependencies, dependency);
  return dependency;
}

/** Deletes the dependency, and its package with the last one in it. */
export async function deleteDependency(call: WriteCall, id: string): Promise<IntegrationDependencyRecord> {
  const dependency = await requireChangeable(call, call.tx.get(integrationDependencies, id), KIND);
  await call.tx.delete(integrationDependencies, id);
  if ((await call.tx.count(integrationDependencies, 'package', dependency.packageID)) === 0)
    await call.tx.delete(packages, dependency.packageID);
  return dependency;
}

/** Deletes the dependencies of an application that goes, with their packages. */
export async function removeIntegrationDependenciesOf(call: WriteCall, applicationID: string): Promise<void> {
  await Promise.all([
    removeAll(call, integrationDependencies, 'application', applicationID),
    removeAll(call, packages, 'application', applicationID),
  ]);
}

/** Callers without the scope for internal ones are shown the public ones alone. */
export function dependenciesOfApplication(
  call: Call,
  application: Pick<ApplicationRecord, 'id' | 'access'>,
  args: PageArguments,
): Awaitable<Page<IntegrationDependencyRecord>> {
  if (!sees(application, tenantOf(call))) return nothingListed(args);
  const index = call.caller.scopes.includes(SEES_INTERNAL) ? 'application' : 'public';
  return listed(call, integrationDependencies, index, application.id, args);
}
