/** Services of an application: registered, read, changed and removed (`reference: facts/connector.md 8`). */
import { isUUID } from '../text/uuid.ts';
import { applicationByName, type LegacyApplication } from './application.ts';
import type { DirectorDesk, WritingDesk } from './director.ts';
import { AdapterError, within } from './errors.ts';
import { BUNDLE_FIELDS, detailsOf, listedOf, NO_SERVICE, type BundleRow } from './from-bundle.ts';
import { forgetIdentifier, identifiersOf, noteIdentifier } from './identifiers.ts';
import { checkService } from './service-faults.ts';
import { readService, type ServiceInput } from './service-input.ts';
import { apiOf, bundleOf, documentsOf, eventsOf, headOf } from './to-bundle.ts';

/** As many as the old interface ever told. */
const LISTED = 100;

const asking = <T>(work: () => Promise<T>) => within('while doing GraphQL request', work);
const unknown = () => new AdapterError(404, 'Object not found [object=bundle]');

async function bundleOfId(director: DirectorDesk, application: LegacyApplication, id: string): Promise<BundleRow | undefined> {
  if (!isUUID(id)) throw unknown();
  const { found } = await asking(() =>
    director.ask<{ found: { bundle: BundleRow | null } | null }>(
      `query($application: ID!, $id: ID!) { found: application(id: $application) { bundle(id: $id) { ${BUNDLE_FIELDS} } } }`,
      {
        application: application.id,
        id,
      },
    ),
  );
  return found?.bundle ?? undefined;
}

/** @throws AdapterError */
export async function listServices(director: DirectorDesk, name: string): Promise<object[]> {
  const application = await applicationByName(director, name);
  const identifiers = identifiersOf(application);
  const { found } = await asking(() =>
    director.ask<{ found: { bundles: { data: readonly BundleRow[] } } | null }>(
      `query($id: ID!) { found: application(id: $id) { bundles(first: ${LISTED}) { data { ${BUNDLE_FIELDS} } } } }`,
      {
        id: application.id,
      },
    ),
  );
  return within('while converting graphql to detailed service', async () =>
    (found?.bundles.data ?? []).map((bundle) => listedOf(bundle, identifiers.of(bundle.id))),
  );
}

/** A service that is not there has neither name nor description. @throws AdapterError */
export async function readDetails(director: DirectorDesk, name: string, id: string): Promise<object> {
  const application = await applicationByName(director, name);
  const bundle = await within('while fetching service', () => bundleOfId(director, application, id));
  if (!bundle) return NO_SERVICE;
  const identifier = identifiersOf(application).of(id);
  return within('while converting service', async () => detailsOf(bundle, identifier));
}

/** Looked at once the application is known: who has none is told that first. @throws AdapterError */
function serviceIn(body: string): ServiceInput {
  const service = readService(body);
  checkService(service);
  return service;
}

/** @throws AdapterError */
export const createService = (desk: WritingDesk, name: string, body: string): Promise<{ readonly id: string }> =>
  desk.change('registerService', async (director) => {
    const application = await applicationByName(director, name);
    const service = serviceIn(body);
    const { identifier } = service;
    if (identifier !== '' && identifiersOf(application).has(identifier))
      throw new AdapterError(409, `Service with Identifier ${identifier} already exists`);
    const { bundle } = await within('while creating Service', () =>
      asking(() =>
        director.ask<{ bundle: { id: string } }>(
          'mutation($id: ID!, $in: BundleCreateInput!) { bundle: addBundle(applicationID: $id, in: $in) { id } }',
          { id: application.id, in: bundleOf(service) },
        ),
      ),
    );
    await noteIdentifier(director, application, bundle.id, identifier);
    return { id: bundle.id };
  });

const REMOVE = { apiDefinitions: 'deleteAPIDefinition', eventDefinitions: 'deleteEventDefinition', documents: 'deleteDocument' } as const;

async function removeParts(director: DirectorDesk, bundle: BundleRow): Promise<void> {
  for (const kind of ['apiDefinitions', 'eventDefinitions', 'documents'] as const)
    for (const { id } of bundle[kind].data) await director.ask(`mutation($id: ID!) { ${REMOVE[kind]}(id: $id) { id } }`, { id });
}

async function addParts(director: DirectorDesk, bundleId: string, service: ServiceInput): Promise<void> {
  const add = (mutation: string, type: string, input: object) =>
    director.ask(`mutation($id: ID!, $in: ${type}!) { ${mutation}(bundleID: $id, in: $in) { id } }`, { id: bundleId, in: input });
  const api = apiOf(service);
  if (api) await add('addAPIDefinitionToBundle', 'APIDefinitionInput', api);
  const events = eventsOf(service);
  if (events) await add('addEventDefinitionToBundle', 'EventDefinitionInput', events);
  for (const document of documentsOf(service)) await add('addDocumentToBundle', 'DocumentInput', document);
}

/** Replaces all of a service but its identifier; answers what it is now. @throws AdapterError */
export async function updateService(desk: WritingDesk, name: string, id: string, body: string): Promise<object> {
  await desk.change('updateService', async (director) => {
    const application = await applicationByName(director, name);
    const service = serviceIn(body);
    const bundle = await bundleOfId(director, application, id);
    if (!bundle) throw unknown();
    await within('while updating Service', () =>
      asking(async () => {
        await director.ask('mutation($id: ID!, $in: BundleUpdateInput!) { updateBundle(id: $id, in: $in) { id } }', {
          id,
          in: headOf(service),
        });
        await removeParts(director, bundle);
        await addParts(director, id, service);
      }),
    );
  });
  return readDetails(desk, name, id);
}

/** @throws AdapterError */
export const deleteService = (desk: WritingDesk, name: string, id: string): Promise<void> =>
  desk.change('removeService', async (director) => {
    const application = await applicationByName(director, name);
    await asking(async () => {
      if (!(await bundleOfId(director, application, id))) throw new AdapterError(404, 'graphql: Object not found [object=bundle]');
      await director.ask('mutation($id: ID!) { deleteBundle(id: $id) { id } }', { id });
    });
    await forgetIdentifier(director, application, id);
  });
