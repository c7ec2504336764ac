/** What `serve` was told by flags, as a plane takes it. */
import { join, resolve } from 'node:path';
import type { Contexts } from '../connection/contexts.ts';
import { planeFolder } from '../connection/paths.ts';
import { Failure } from '../failure/failure.ts';
import type { Host } from '../frame/host.ts';
import { given } from '../input/input.ts';
import { checkContextIsOurs, portFor } from './instance.ts';

export const LAST_PORT = 65_535;

type Texts =
  | 'registry'
  | 'public-url'
  | 'public-mtls-url'
  | 'trusted-jwks'
  | 'oauth2-admin-url'
  | 'oauth2-token-url'
  | 'trusted-client-ca'
  | 'director-url'
  | 'director-ca'
  | 'ca-cert'
  | 'ca-key'
  | 'seed'
  | 'provisioner-profile'
  | 'provider'
  | 'simulation';

export interface ServeFlags<System extends string> extends Readonly<Partial<Record<Texts, string | undefined>>> {
  readonly local: boolean;
  readonly instance: string;
  readonly ephemeral: boolean;
  readonly async: boolean;
  readonly host: string;
  readonly port?: number | undefined;
  readonly 'mtls-port'?: number | undefined;
  readonly 'data-dir'?: string | undefined;
  readonly 'registry-key-file'?: string | undefined;
  readonly only?: readonly System[] | undefined;
  readonly 'trusted-proxy'?: readonly string[] | undefined;
  readonly 'simulated-stage'?: number | undefined;
  readonly 'stage-timeout'?: number | undefined;
}

/** @throws Failure conflict where the context of its name is somebody else's */
export async function settingsOf<System extends string>(flags: ServeFlags<System>, contexts: Contexts, env: Host['env']) {
  const { local, ephemeral, host, instance: name } = flags;
  if (local) checkContextIsOurs(name, contexts.all()[name]);
  const port = flags.port ?? (await portFor(name, contexts, host));
  const folder = planeFolder(env, name);
  return {
    local,
    ephemeral,
    asyncMode: flags.async,
    host,
    port,
    mtlsPort: flags['mtls-port'] ?? (port === 0 || port === LAST_PORT ? 0 : port + 1),
    anyMtlsPort: flags['mtls-port'] === undefined,
    // Agents of a database's runtimes are none of the plane's that has the folder itself for its state.
    dataDir: resolve(flags['data-dir'] ?? (flags.registry === undefined ? folder : join(folder, 'database'))),
    ...given({
      registry: flags.registry,
      registryKeyFile: keyFileOf(flags, folder),
      publicUrl: flags['public-url'],
      publicMtlsUrl: flags['public-mtls-url'],
      only: flags.only,
      trustedJwks: flags['trusted-jwks'],
      oauthAdminUrl: flags['oauth2-admin-url'],
      oauthTokenUrl: flags['oauth2-token-url'],
      trustedClientCa: flags['trusted-client-ca'],
      trustedProxies: flags['trusted-proxy'],
      directorUrl: flags['director-url'],
      directorCa: flags['director-ca'],
      caCert: flags['ca-cert'],
      caKey: flags['ca-key'],
      seed: flags.seed,
      provisionerProfile: flags['provisioner-profile'],
      provider: flags.provider,
      simulatedStage: flags['simulated-stage'],
      simulation: flags.simulation,
      stageLimit: flags['stage-timeout'],
    }),
  };
}

/** Where `compass registry` looks for it, too; undefined leaves it beside the state. */
function keyFileOf(flags: ServeFlags<string>, folder: string): string | undefined {
  const { 'registry-key-file': file, 'data-dir': dataDir } = flags;
  if (file !== undefined) return resolve(file);
  return dataDir === undefined ? join(folder, 'database.key') : undefined;
}

/** What somebody else makes of what was given, which knows nothing of flags; its refusal is wrong usage. @throws Failure usage */
export function usable<T>(read: () => T, hint: string, flag?: string): T {
  try {
    return read();
  } catch (error) {
    const { message } = error as Error;
    throw new Failure('usage', flag === undefined ? message : `${flag}: ${message}.`, { hint, cause: error });
  }
}
