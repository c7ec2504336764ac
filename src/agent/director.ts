/** What the agent reads from the Director and reports to it. */
import { createClient, type Client } from '../client/client.ts';
import {
  AgentApplicationsDocument,
  type AgentApplicationsQuery,
  AgentBundlesDocument,
  type AgentBundleFragment,
  AgentLabelDocument,
  AgentRuntimeDocument,
  AgentViewerDocument,
} from '../client/director.generated.ts';
import { tlsOf, type Credentials } from './credentials.ts';

type Row = AgentApplicationsQuery['page']['data'][number];

export interface FetchedApplication extends Omit<Row, 'bundles'> {
  readonly bundles: readonly AgentBundleFragment[];
}

export interface Fetched {
  readonly runtime: { readonly id: string; readonly name: string };
  readonly labels: Readonly<Record<string, unknown>>;
  readonly applications: readonly FetchedApplication[];
}

export interface DirectorAccess {
  readonly ca: string | undefined;
  readonly tenant: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A client of the Director that shows the agent's certificate. */
export const directorClient = (credentials: Credentials, { ca, tenant, signal }: DirectorAccess): Client =>
  createClient({
    url: credentials.directorURL,
    tls: tlsOf(credentials, ca),
    ...(tenant === undefined ? {} : { tenant }),
    ...(signal === undefined ? {} : { signal }),
  });

/** The runtime that the certificate stands for. @throws Error where it stands for something else */
export async function whoAmI(client: Client): Promise<string> {
  const { viewer } = await client.request(AgentViewerDocument);
  if (viewer.type !== 'RUNTIME')
    throw new Error(
      `the certificate is that of an ${viewer.type.toLowerCase().replace('_', ' ')}, and an agent works for a runtime: ask for a token of a runtime`,
    );
  return viewer.id;
}

async function withAllBundles(client: Client, { bundles, ...application }: Row): Promise<FetchedApplication> {
  const found = [...(bundles?.data ?? [])];
  let page = bundles?.pageInfo;
  while (page?.hasNextPage) {
    const { application: more } = await client.request(AgentBundlesDocument, { application: application.id, after: page.endCursor });
    found.push(...(more?.bundles?.data ?? []));
    page = more?.bundles?.pageInfo;
  }
  return { ...application, bundles: found };
}

/** Everything that the runtime shares formations with, page by page. */
export async function fetchLandscape(client: Client, runtimeId: string): Promise<Fetched> {
  const { runtime } = await client.request(AgentRuntimeDocument, { id: runtimeId });
  if (!runtime) throw new Error('the runtime is not registered any more');
  const applications: FetchedApplication[] = [];
  let after: string | undefined;
  do {
    const { page } = await client.request(AgentApplicationsDocument, { runtime: runtimeId, ...(after === undefined ? {} : { after }) });
    for (const row of page.data) applications.push(await withAllBundles(client, row));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
  } while (after !== undefined);
  return { runtime: { id: runtime.id, name: runtime.name }, labels: runtime.labels ?? {}, applications };
}

/** Sets the labels that are missing or differ; others are left as they are. */
export async function reportLabels(
  client: Client,
  { runtime, labels }: Fetched,
  wanted: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  for (const [key, value] of Object.entries(wanted))
    if (value !== undefined && labels[key] !== value) await client.request(AgentLabelDocument, { runtime: runtime.id, key, value });
}
