/** What the Director says about applications, as files: one for each application, its credentials in another that only the owner can read. */
import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { AgentBundleFragment } from '../client/director.generated.ts';
import type { FetchedApplication } from './director.ts';
import { asJson, PRIVATE, writeWhole } from './files.ts';
import type { LandscapeFormat } from './options.ts';

/** Names of both files of an application: letters, digits, dots, dashes; made unique where that changed anything. */
export function fileNames(
  applications: readonly Pick<FetchedApplication, 'id' | 'name'>[],
  extension = '.json',
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, name } of applications) {
    const plain = name.replaceAll(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+/, '-');
    const unique =
      plain === name && !taken.has(plain.toLowerCase()) ? plain : `${plain}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
    taken.add(unique.toLowerCase());
    names.set(id, `${unique}${extension}`);
  }
  return names;
}

const present = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined)) as Partial<T>;

function shownBundle(bundle: AgentBundleFragment) {
  const { id, name, description, instanceAuthRequestInputSchema, apiDefinitions, eventDefinitions } = bundle;
  return {
    ...present({ id, name, description, instanceAuthRequestInputSchema }),
    apis: (apiDefinitions?.data ?? []).map(({ version, ...api }) => present({ ...api, version: version && present(version) })),
    events: (eventDefinitions?.data ?? []).map(({ version, ...event }) => present({ ...event, version: version && present(version) })),
    hasCredentials: secretOf(bundle) !== undefined,
  };
}

/** How to log in to what a bundle holds; undefined where it needs nothing. */
function secretOf({ defaultInstanceAuth: auth }: AgentBundleFragment): object | undefined {
  if (!auth) return undefined;
  const { credential, additionalHeaders, additionalQueryParams, requestAuth } = auth;
  const login = credential && present({ type: TYPES[credential.__typename], ...credential, __typename: undefined });
  const secret = present({
    login,
    headers: additionalHeaders,
    queryParameters: additionalQueryParams,
    csrfTokenURL: requestAuth?.csrf?.tokenEndpointURL,
  });
  return Object.keys(secret).length === 0 ? undefined : secret;
}

const TYPES = { BasicCredentialData: 'Basic', OAuthCredentialData: 'OAuth', CertificateOAuthCredentialData: 'CertificateOAuth' } as const;

const incomplete = ({ name, bundles }: FetchedApplication) =>
  bundles.some(({ apiDefinitions, eventDefinitions }) => apiDefinitions?.pageInfo.hasNextPage || eventDefinitions?.pageInfo.hasNextPage)
    ? [`${name} has a bundle with more than 200 definitions; the rest is left out`]
    : [];

export interface Applied {
  readonly applications: readonly string[];
  readonly problems: readonly string[];
}

const EXTENSIONS: Readonly<Record<LandscapeFormat, string>> = { json: '.json', k8s: '.yaml' };

/** What is written of one application: for everybody, and for the owner alone. */
interface Written {
  readonly shown: string;
  readonly secrets?: string;
}

function asFiles(application: FetchedApplication): Written {
  const { id, name, providerName, description, labels, auths, bundles } = application;
  const secrets = Object.fromEntries(
    bundles.map((bundle) => [bundle.id, secretOf(bundle)] as const).filter(([, secret]) => secret !== undefined),
  );
  const shown = {
    ...present({ id, name, providerName, description, labels }),
    clientIds: (auths ?? []).map((auth) => auth.id),
    bundles: bundles.map(shownBundle),
  };
  return {
    shown: asJson(shown),
    ...(Object.keys(secrets).length > 0 && { secrets: asJson({ application: name, bundles: secrets }) }),
  };
}

/** Makes the folder say what the Director says. A file that cannot be written is a problem, and the others are written all the same. */
export async function applyLandscape(
  dir: string,
  applications: readonly FetchedApplication[],
  format: LandscapeFormat = 'json',
): Promise<Applied> {
  const write = format === 'k8s' ? (await import('./kubernetes.ts')).manifestsOf : asFiles;
  const names = fileNames(applications, EXTENSIONS[format]);
  const problems = applications.flatMap(incomplete);
  const secretFiles = new Set<string>();
  for (const application of applications) {
    const file = names.get(application.id)!;
    try {
      const { shown, secrets } = write(application);
      if (secrets !== undefined) {
        secretFiles.add(file);
        await writeWhole(join(dir, 'credentials', file), secrets, PRIVATE);
      }
      await writeWhole(join(dir, 'applications', file), shown);
    } catch (error) {
      problems.push(`${application.name}: ${(error as Error).message}`);
    }
  }
  await removeOthers(join(dir, 'applications'), new Set(names.values()));
  await removeOthers(join(dir, 'credentials'), secretFiles);
  return { applications: applications.map(({ name }) => name), problems };
}

/** Takes away everything that was synchronised. */
export async function clearLandscape(dir: string): Promise<void> {
  for (const folder of ['applications', 'credentials']) await removeOthers(join(dir, folder), new Set());
}

const OURS = new Set(Object.values(EXTENSIONS));

async function removeOthers(dir: string, wanted: ReadonlySet<string>): Promise<void> {
  const files = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const file of files) if (OURS.has(extname(file)) && !wanted.has(file)) await rm(join(dir, file), { force: true });
}
