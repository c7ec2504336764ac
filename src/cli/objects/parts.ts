/** Bundles, and what is in them, by the application that they belong to: names are unique in no wider place. */
import type { Client } from '../../client/client.ts';
import {
  ApisDocument,
  BundlesDocument,
  DocumentsDocument,
  EventsDocument,
  IntegrationDependenciesDocument,
} from '../../client/director.generated.ts';
import { Failure } from '../failure/failure.ts';
import { everyRow } from '../connection/paging.ts';
import { idOf, isId, type Named, namesNear, notThere, onlyOne } from './resolve.ts';

/** `list` is the command that shows them all. @throws Failure not_found with names that are near, ambiguous_name */
export function oneOf(title: string, rows: readonly Named[], asked: string, list?: string): Named {
  const found = onlyOne(
    rows.filter(({ id, name }) => id === asked || name === asked),
    asked,
  );
  if (!found) throw notThere(title, asked, namesNear(rows, asked), list);
  return found;
}

export const bundlesOf = (director: Client, application: string) =>
  everyRow(async ({ after }) => (await director.request(BundlesDocument, { application, after })).application?.page);

export const apisOf = (director: Client, application: string) =>
  everyRow(async ({ after }) => (await director.request(ApisDocument, { application, after })).page);

export const eventsOf = (director: Client, application: string) =>
  everyRow(async ({ after }) => (await director.request(EventsDocument, { application, after })).page);

export const documentsOf = (director: Client, application: string, bundle: string) =>
  everyRow(async ({ after }) => (await director.request(DocumentsDocument, { application, bundle, after })).application?.bundle?.page);

export const dependenciesOf = (director: Client, application: string) =>
  everyRow(async ({ after }) => (await director.request(IntegrationDependenciesDocument, { application, after })).application?.page);

/** An id as it is, a name within the application with that id. @throws Failure not_found, ambiguous_name */
export const apiId = async (director: Client, asked: string, application: string) =>
  isId(asked) ? asked : oneOf('API', await apisOf(director, application), asked, `api list --app ${application}`).id;
export const eventId = async (director: Client, asked: string, application: string) =>
  isId(asked) ? asked : oneOf('event definition', await eventsOf(director, application), asked, `event list --app ${application}`).id;

/** The id of a bundle: an id as it is, a name within its application. @throws Failure usage, not_found, ambiguous_name */
export async function bundleId(director: Client, asked: string, app: string | undefined): Promise<string> {
  if (isId(asked)) return asked;
  if (app === undefined)
    throw new Failure('usage', `Bundle ${JSON.stringify(asked)} is named without its application.`, {
      hint: 'Name the application with --app, or give the id of the bundle.',
    });
  return oneOf('bundle', await bundlesOf(director, await idOf(director, 'application', app)), asked, `bundle list --app ${app}`).id;
}

/** Where parts are looked for that are given by name: a place is named, too, unless ids are given throughout. */
interface Place {
  readonly app?: string | undefined;
  readonly bundle?: string | undefined;
}

const unplaced = (title: string, asked: string, flags: string) =>
  new Failure('usage', `${title} ${JSON.stringify(asked)} is named without its place.`, { hint: `Name it with ${flags}, or give its id.` });

/** A title is looked for in its bundle. @throws Failure usage, not_found, ambiguous_name */
export async function documentId(director: Client, asked: string, { app, bundle }: Place): Promise<string> {
  if (isId(asked)) return asked;
  if (app === undefined || bundle === undefined) throw unplaced('Document', asked, '--app and --bundle');
  const application = await idOf(director, 'application', app);
  const rows = await documentsOf(director, application, await bundleId(director, bundle, application));
  const named = rows.map(({ id, title }) => ({ id, name: title }));
  return oneOf('document', named, asked, `document list ${bundle} --app ${app}`).id;
}

/** @throws Failure usage, not_found, ambiguous_name */
export async function dependencyId(director: Client, asked: string, { app }: Place): Promise<string> {
  if (isId(asked)) return asked;
  if (app === undefined) throw unplaced('Integration dependency', asked, '--app');
  const rows = await dependenciesOf(director, await idOf(director, 'application', app));
  return oneOf('integration dependency', rows, asked, `integration-dependency list --app ${app}`).id;
}
