/** What a plane is started with. Flags, `COMPASS_…` variables and tests all end here. */
import type { ExternalIssuer } from '../gateway/subject.ts';
import { parseDuration } from '../text/duration.ts';

export const SYSTEMS = ['gateway', 'director', 'connector', 'provisioner'] as const;
export type System = (typeof SYSTEMS)[number];

export interface PlaneOptions {
  readonly version: string;
  /** 0: any free port. */
  readonly port: number;
  readonly mtlsPort: number;
  /** Whether another port will do where that one is taken: nobody asked for it by its number. */
  readonly anyMtlsPort?: boolean;
  /** Loopback unless somebody says otherwise. */
  readonly host: string;
  /** Folder of the state: Registry, keys, certificate authority. */
  readonly dataDir: string;
  /** Nothing is written to disk. */
  readonly ephemeral: boolean;
  /** Where the Registry is if not in the folder: `postgres://…`. */
  readonly registry?: string;
  /** File with the key of what is sealed in a database, the same for all processes on it; beside the state unless given. */
  readonly registryKeyFile?: string;
  /** Base addresses as others see them, where the process is behind a proxy or one of several; where it listens unless given. */
  readonly publicUrl?: string;
  readonly publicMtlsUrl?: string;
  /** The systems to start; all of them if not given. */
  readonly only?: readonly System[];
  /** Whether this is a plane for one person on one machine: default tenant, private addresses may be called, Host is checked. */
  readonly local: boolean;
  /** File or address of a JWKS; tokens signed by its keys are accepted with their claims. */
  readonly trustedJwks?: string;
  /** Administration of an OAuth2 server that keeps the clients in the plane's stead, and the address where clients get their tokens. */
  readonly oauthAdminUrl?: string;
  readonly oauthTokenUrl?: string;
  /** PEM file; client certificates of these authorities are accepted. */
  readonly trustedClientCa?: string;
  /** Addresses and networks of proxies that are believed in what they tell of client certificates. */
  readonly trustedProxies?: readonly string[];
  /** Base address of a Director on another machine: this process hands on to it what comes for one. */
  readonly directorUrl?: string;
  /** PEM file of the authority that its certificate is trusted by. */
  readonly directorCa?: string;
  /** PEM files of the authority that signs client certificates, and of its key; the plane makes one of its own without them. */
  readonly caCert?: string;
  readonly caKey?: string;
  /** `reference`: the tenants and templates that the recorded stories begin with. */
  readonly seed?: string;
  /** Milliseconds. */
  readonly tokenLifetime: { readonly application: number; readonly runtime: number };
  /** How subjects of the other authority are told (`reference: facts/connector.md 5`). */
  readonly externalIssuer?: ExternalIssuer;
  readonly subjectMappings?: readonly SubjectMapping[];
  /** By id of an integration system: the address of the pairing adapter that gives out its applications' one-time tokens. */
  readonly pairingAdapters?: ReadonlyMap<string, string>;
  readonly provisionerProfile?: string;
  /** `local`, `simulated`, or the path of a module. */
  readonly provider?: string;
  /** Milliseconds of a simulated stage. */
  readonly simulatedStage?: number;
  /** How simulated clusters behave: JSON, or a file that holds it. */
  readonly simulation?: string;
  /** Milliseconds that no stage of an operation may exceed. */
  readonly stageLimit?: number;
  /** Whether `mode: ASYNC` is taken. */
  readonly asyncMode: boolean;
  readonly bodyLimit: number;
  readonly report: (message: string, details?: Record<string, unknown>) => void;
}

/** An option cannot be used as it is: a file that is not there or holds something else, an address that is none. */
export class UnusableOption extends Error {
  override readonly name = 'UnusableOption';
}

export interface SubjectMapping {
  readonly consumer_type: string;
  readonly tenant_access_levels: readonly string[];
  readonly subject: string;
  readonly internal_consumer_id?: string;
}

export const DEFAULT_OPTIONS = {
  port: 0,
  mtlsPort: 0,
  host: '127.0.0.1',
  ephemeral: true,
  local: true,
  tokenLifetime: { application: 5 * 60_000, runtime: 60 * 60_000 },
  asyncMode: false,
  bodyLimit: 5_000_000,
  report: () => {},
} as const;

/** Names under which others come to the plane. */
export const publicHosts = ({ publicUrl, publicMtlsUrl }: Pick<PlaneOptions, 'publicUrl' | 'publicMtlsUrl'>): readonly string[] =>
  [publicUrl, publicMtlsUrl].flatMap((url) => (url === undefined ? [] : [new URL(url).hostname.replace(/^\[|\]$/g, '')]));

/** @throws Error that names the entry that is no address */
function adaptersIn(given: unknown): ReadonlyMap<string, string> {
  const entries = Object.entries(given ?? {});
  for (const [system, url] of entries)
    if (typeof url !== 'string' || !/^https?:/.test(url) || !URL.canParse(url))
      throw new Error(`COMPASS_PAIRING_ADAPTERS: the adapter of ${system} has no address that begins with http:// or https://`);
  return new Map(entries as [string, string][]);
}

/** The options that a scenario or an operator sets as variables. @throws Error that names the variable and what is allowed */
export function optionsFromEnvironment(env: Readonly<Record<string, string | undefined>>): Partial<PlaneOptions> {
  const duration = (name: string, otherwise: number) => {
    const text = env[name];
    if (!text) return otherwise;
    const value = parseDuration(text);
    if (value === undefined) throw new Error(`${name} is no duration: ${text} (allowed: such as 2s, 5m, 1h30m)`);
    return value;
  };
  const json = <T>(name: string): T | undefined => {
    const text = env[name];
    if (!text) return undefined;
    try {
      return JSON.parse(text) as T;
    } catch (error) {
      throw new Error(`${name} is no JSON: ${error instanceof Error ? error.message : ''}`);
    }
  };
  const externalIssuer = json<ExternalIssuer>('COMPASS_EXTERNAL_ISSUER');
  const subjectMappings = json<SubjectMapping[]>('COMPASS_SUBJECT_MAPPINGS');
  const pairingAdapters = json<unknown>('COMPASS_PAIRING_ADAPTERS');
  return {
    ...(pairingAdapters === undefined ? {} : { pairingAdapters: adaptersIn(pairingAdapters) }),
    ...(env.COMPASS_SEED ? { seed: env.COMPASS_SEED } : {}),
    ...(externalIssuer ? { externalIssuer } : {}),
    ...(subjectMappings ? { subjectMappings } : {}),
    ...(env.COMPASS_PROVISIONER_PROFILE ? { provisionerProfile: env.COMPASS_PROVISIONER_PROFILE } : {}),
    ...(env.COMPASS_PROVIDER ? { provider: env.COMPASS_PROVIDER } : {}),
    ...(env.COMPASS_SIMULATION ? { simulation: env.COMPASS_SIMULATION } : {}),
    ...(env.COMPASS_STAGE_TIMEOUT ? { stageLimit: duration('COMPASS_STAGE_TIMEOUT', 0) } : {}),
    ...(env.COMPASS_SIMULATED_STAGE ? { simulatedStage: duration('COMPASS_SIMULATED_STAGE', 0) } : {}),
    tokenLifetime: {
      application: duration('COMPASS_TOKEN_TTL_APPLICATION', DEFAULT_OPTIONS.tokenLifetime.application),
      runtime: duration('COMPASS_TOKEN_TTL_RUNTIME', DEFAULT_OPTIONS.tokenLifetime.runtime),
    },
  };
}
