/** One-time tokens: asked for, and judged where components of the installation use them (`reference: facts/security.md 6.4, 6.5`). */
import { requireOwnApplication } from '../application/rules.ts';
import { type Call, tenantOf, type WriteCall } from '../call.ts';
import type { DirectorSettings } from '../context.ts';
import { invalidOperation, notFound, REFERRED_MISSING, unclassified } from '../errors.ts';
import { findRuntimeToChange } from '../runtime/rules.ts';
import { type SystemAuthOwnerKind, type SystemAuthRecord, systemAuths, tokenDigest } from '../system-auth/records.ts';
import { createSystemAuth, requireSystemAuthToChange } from '../system-auth/rules.ts';
import { hasExpired, makeToken } from './token.ts';
import { suggestedView, tokenView, type TokenView } from './view.ts';

/** What the headers of the request say about the token. */
export interface TokenWishes {
  readonly scenarioGroups: readonly string[];
  /** Whether the token is wanted in the form that the application would use. */
  readonly suggested: boolean;
}

type Headers = Readonly<Record<string, string | undefined>>;

/** Reads the headers `scenario_groups` (names with `, ` between them) and `suggest_token`; names of headers are in lower case. */
export const wishesOf = (headers: Headers): TokenWishes => ({
  scenarioGroups: headers['scenario_groups'] ? headers['scenario_groups'].split(', ') : [],
  suggested: headers['suggest_token'] === 'true',
});

const TOKEN_TYPES = { application: 'Application', runtime: 'Runtime' } as const;

function newToken(call: Call, kind: SystemAuthOwnerKind, settings: DirectorSettings, wishes: TokenWishes, given?: string) {
  if (kind === 'integrationSystem') throw unclassified(' is no valid token type');
  return makeToken(TOKEN_TYPES[kind], settings, call.now(), {
    ...(kind === 'application' && { scenarioGroups: wishes.scenarioGroups }),
    ...(given !== undefined && { given }),
  });
}

/** Id of the application whose token is to be renewed; undefined for auths of others. @throws NotFound for the auth, TenantRequired */
export async function renewedApplication(call: Call, authID: string): Promise<string | undefined> {
  tenantOf(call);
  const { owner } = await requireSystemAuthToChange(call, authID);
  return owner.kind === 'application' ? owner.id : undefined;
}

/** Puts a new token in place of the one that the auth has; the kind of the token follows the auth. */
async function renewToken(
  call: WriteCall,
  authID: string,
  settings: DirectorSettings,
  wishes: TokenWishes,
  given?: string,
): Promise<TokenView> {
  tenantOf(call);
  const record = await requireSystemAuthToChange(call, authID);
  const oneTimeToken = newToken(call, record.owner.kind, settings, wishes, given);
  await call.tx.put(systemAuths, { ...record, auth: { ...record.auth, oneTimeToken } });
  return tokenView(oneTimeToken, settings);
}

async function addToken(
  call: WriteCall,
  kind: 'application' | 'runtime',
  id: string,
  settings: DirectorSettings,
  wishes: TokenWishes,
  given?: string,
): Promise<TokenView> {
  const oneTimeToken = newToken(call, kind, settings, wishes, given);
  await createSystemAuth(call, { kind, id }, { oneTimeToken });
  return tokenView(oneTimeToken, settings);
}

/** An empty id is one, of an auth that is not there. */
export const isGiven = (systemAuthID: string | null | undefined): systemAuthID is string =>
  systemAuthID !== null && systemAuthID !== undefined;

/** `given`: by a pairing adapter. @throws NotFound for the application or the auth, TenantRequired */
export async function requestTokenForApplication(
  call: WriteCall,
  args: { readonly id: string; readonly systemAuthID?: string | null },
  settings: DirectorSettings,
  wishes: TokenWishes,
  given?: string,
): Promise<TokenView> {
  if (isGiven(args.systemAuthID)) return renewToken(call, args.systemAuthID, settings, wishes, given);
  const application = await requireOwnApplication(call, args.id);
  const view = await addToken(call, 'application', args.id, settings, wishes, given);
  return wishes.suggested ? suggestedView(view, application) : view;
}

/** @throws InvalidOperation for unknown runtimes, NotFound for the auth, TenantRequired */
export async function requestTokenForRuntime(
  call: WriteCall,
  args: { readonly id: string; readonly systemAuthID?: string | null },
  settings: DirectorSettings,
  wishes: TokenWishes,
): Promise<TokenView> {
  if (isGiven(args.systemAuthID)) return renewToken(call, args.systemAuthID, settings, wishes);
  tenantOf(call);
  const runtime = await findRuntimeToChange(call, args.id);
  if (!runtime) throw invalidOperation(REFERRED_MISSING, 'systemAuth');
  return addToken(call, 'runtime', args.id, settings, wishes);
}

/** As Go writes durations: 1h0m0s, 5m0s, 30s. */
function durationText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  const seconds = `${(ms % 60_000) / 1000}s`;
  if (hours > 0) return `${hours}h${minutes % 60}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

/** @throws UnclassifiedError that tells why the token of the auth is of no use */
function requireUsableToken(call: Call, { id, auth }: SystemAuthRecord, settings: DirectorSettings): void {
  if (!auth) throw unclassified(`System Auth value for auth id ${id} is missing`);
  const token = auth.oneTimeToken;
  if (!token) throw unclassified(`One Time Token for system auth id ${id} is missing`);
  if (token.used) throw unclassified(`One Time Token for system auth id ${id} has been used`);
  if (!hasExpired(token, settings, call.now())) return;
  const lifetime = token.type === 'Application' ? settings.tokenLifetime.application : settings.tokenLifetime.runtime;
  throw unclassified(`One Time Token with validity ${durationText(lifetime)} for system auth with ID ${id} has expired`);
}

/** The auth of an unused token. @throws NotFound [object=systemAuth], UnclassifiedError where it has expired */
export async function authByToken(call: Call, token: string, settings: DirectorSettings): Promise<SystemAuthRecord> {
  const candidates = await call.tx.find(systemAuths, 'token', tokenDigest(token));
  const record = candidates.find(({ auth }) => auth?.oneTimeToken && !auth.oneTimeToken.used);
  if (!record) throw notFound('systemAuth');
  requireUsableToken(call, record, settings);
  return record;
}

/** Uses the token of the auth up. @throws NotFound [object=systemAuth], UnclassifiedError where it is of no use */
export async function invalidateToken(call: WriteCall, authID: string, settings: DirectorSettings): Promise<SystemAuthRecord> {
  const record = await requireSystemAuthToChange(call, authID);
  requireUsableToken(call, record, settings);
  const { auth } = record;
  const used: SystemAuthRecord = {
    ...record,
    auth: auth?.oneTimeToken ? { ...auth, oneTimeToken: { ...auth.oneTimeToken, used: true, usedAt: call.now() } } : auth,
  };
  await call.tx.put(systemAuths, used);
  return used;
}
