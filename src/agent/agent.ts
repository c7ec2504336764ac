/** The Runtime Agent: pairs once, then keeps its certificate fresh and its folder equal to what the Director says (`reference: facts/runtime-agent.md 5`). */
import { pair, readConfiguration, renew, revoke, type ConnectorAccess } from './connector.ts';
import { clockProblems, isRenewalDue, loadCredentials, saveCredentials, validityOf, type Credentials } from './credentials.ts';
import { PairingError } from './errors.ts';
import { explained, isDenial } from './explain.ts';
import { directorClient, fetchLandscape, reportLabels, whoAmI, type Fetched } from './director.ts';
import { applyLandscape } from './landscape.ts';
import type { AgentOptions, AgentStatusFile, ConnectionState } from './options.ts';
import { keepStatus, type StatusKeeper } from './status.ts';
import { readToken } from './token.ts';
import { takeWishes, waitForWishes } from './wishes.ts';

export { connectApplication } from './application.ts';
export { PairingError } from './errors.ts';
export { resetAgent } from './reset.ts';

const DEFAULTS = { interval: 20_000, renewalThreshold: 0.3, keyBits: 4096 } as const;
const MAX_PAUSE = 60_000;

/** A step that failed, with the state that it leaves the agent in. */
class StepFailed extends Error {
  constructor(
    readonly state: ConnectionState,
    override readonly cause: Error,
  ) {
    super(cause.message);
  }
}

interface Round {
  readonly options: AgentOptions;
  readonly status: StatusKeeper;
  readonly access: ConnectorAccess;
  readonly now: () => string;
  readonly interval: number;
  /** Whether the certificate is to be replaced, however long it holds; asked once. */
  readonly wantsRenewal: () => boolean;
}

/** Runs until its signal is given, or one round with `once`. @throws PairingError, and with `once` whatever made the round fail */
export async function runAgent(options: AgentOptions): Promise<void> {
  const clock = options.clock ?? (() => new Date());
  const status = await keepStatus(options.dir, clock, options.onStatus);
  const { ca, tenant, signal, keyBits = DEFAULTS.keyBits, interval = DEFAULTS.interval } = options;
  let renew = options.renewNow === true;
  const wantsRenewal = () => {
    const wanted = renew;
    renew = false;
    return wanted;
  };
  const access = { ca, tenant, signal, keyBits, now: clock };
  const round: Round = { options, status, access, now: () => clock().toISOString(), interval, wantsRenewal };
  try {
    await takeWishes(options.dir);
    if (options.format) await status.change({ format: options.format });
    await rounds(round, () => (renew = true));
  } finally {
    await status.change({ stoppedAt: round.now() });
  }
}

async function rounds(round: Round, renewNext: () => void): Promise<void> {
  const { options, interval } = round;
  const { signal } = options;
  let failures = 0;
  for (;;) {
    if (signal?.aborted) return;
    try {
      await work(round);
      failures = 0;
    } catch (error) {
      if (signal?.aborted) return;
      const failed = error instanceof StepFailed ? error : new StepFailed('ConnectionFailed', error as Error);
      await noteFailure(round, failed);
      if (failed.cause instanceof PairingError || options.once) throw failed.cause;
      failures++;
    }
    if (options.once) return;
    const wishes = await waitForWishes(options.dir, failures === 0 ? interval : backoff(failures, interval), signal);
    if (wishes?.renew) renewNext();
  }
}

/** Longer with each failure, and not the same for all agents of a plane that comes back. */
function backoff(failures: number, interval: number): number {
  const pause = Math.min(MAX_PAUSE, Math.max(interval, 1000) * 2 ** (failures - 1));
  return pause * (0.5 + Math.random() / 2);
}

async function step<T>(state: ConnectionState, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StepFailed(state, error as Error);
  }
}

async function noteFailure({ status, now }: Round, { state, message }: StepFailed): Promise<void> {
  const { connection, synchronization } = status.current;
  if (state === 'ConnectionFailed' || state === 'ConnectionMaintenanceFailed')
    await status.change({ state, connection: { ...connection, error: message } });
  else await status.change({ state, synchronization: { ...synchronization, lastAttempt: now(), error: message } });
}

async function work(round: Round): Promise<void> {
  const { status, options, now } = round;
  const credentials = await connected(round);
  const client = directorClient(credentials, round.access);
  const fetched = await step('SynchronizationFailed', async () =>
    fetchLandscape(client, status.current.runtime?.id ?? (await whoAmI(client))),
  );
  const fetchedAt = now();
  const applied = await step('ResourceApplicationFailed', () => applyLandscape(options.dir, fetched.applications, status.current.format));
  await step('MetadataUpdateFailed', () =>
    reportLabels(client, fetched, { runtime_eventServiceUrl: options.eventsURL, runtime_consoleUrl: options.consoleURL }),
  );
  const problems = [...applied.problems, ...clockProblems(credentials)];
  await status.change({ ...applied, problems, ...synchronized(fetched, fetchedAt, now()) });
}

/** Credentials that were proved just now: the kept ones, or new ones where there are none or the plane refuses them. */
async function connected(round: Round): Promise<Credentials> {
  const kept = await step('ConnectionFailed', () => loadCredentials(round.options.dir));
  const known = kept && { ...kept, ...round.options.addresses };
  const outcome =
    known &&
    (await maintain(round, known).then(
      (fresh) => ({ fresh }),
      (error: Error) => ({ error, told: explained(error, known, round.access.now()) }),
    ));
  if (outcome && 'fresh' in outcome) return outcome.fresh;
  if (outcome && !(isDenial(outcome.error) && round.options.token)) throw new StepFailed('ConnectionMaintenanceFailed', outcome.told);
  try {
    return await maintain(round, await connect(round));
  } catch (error) {
    throw outcome
      ? new StepFailed('ConnectionMaintenanceFailed', outcome.told)
      : new StepFailed('ConnectionFailed', explained(error as Error, undefined, round.access.now()));
  }
}

const synchronized = (
  { runtime }: Fetched,
  fetchedAt: string,
  at: string,
): Pick<AgentStatusFile, 'state' | 'runtime' | 'synchronization'> => ({
  state: 'Synchronized',
  runtime,
  synchronization: { lastAttempt: at, lastSuccessfulFetch: fetchedAt, lastSuccessfulApplication: at },
});

const certificateStatus = (credentials: Credentials) => {
  const { notBefore, notAfter } = validityOf(credentials);
  return { acquired: credentials.acquired, notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString() };
};

/** Turns the one-time token into credentials and keeps them. */
async function connect({ options, access, status, now }: Round): Promise<Credentials> {
  if (options.token === undefined)
    throw new PairingError(`there are no credentials in ${options.dir}: a one-time token of the runtime is needed to get them`);
  const token = readToken(options.token);
  const connectorURL = options.connectorURL ?? token.connectorURL;
  if (!connectorURL)
    throw new PairingError("the token does not name the Connector: give the Connector's address, or the token in its encoded form");
  const credentials = await pair(token, connectorURL, access).catch((error: Error) => {
    throw isDenial(error)
      ? new PairingError(`${connectorURL} does not take this token: it was used before, has run out, or was never given out`)
      : error;
  });
  await saveCredentials(options.dir, credentials);
  const at = now();
  await status.change({
    state: 'Connected',
    runtime: undefined,
    connectorURL: credentials.connectorURL,
    directorURL: credentials.directorURL,
    connection: { established: at, lastAttempt: at, lastSuccess: at },
    certificate: certificateStatus(credentials),
  });
  return credentials;
}

/** Proves the certificate, and renews it in time; a renewed one replaces the old, which is given back once the new one opens. */
async function maintain({ options, access, status, now, interval, wantsRenewal }: Round, credentials: Credentials): Promise<Credentials> {
  await status.change({ connection: { ...status.current.connection, lastAttempt: now() } });
  const configuration = await readConfiguration(credentials, access);
  const moved: Credentials = {
    ...credentials,
    connectorURL: configuration.managementPlaneInfo?.certificateSecuredConnectorURL ?? credentials.connectorURL,
    directorURL: configuration.managementPlaneInfo?.directorURL ?? credentials.directorURL,
  };
  const due = wantsRenewal() || isRenewalDue(moved, access.now(), options.renewalThreshold ?? DEFAULTS.renewalThreshold, interval);
  const fresh = due ? await renewed(options.dir, moved, configuration, access) : moved;
  if (!due) await saveCredentials(options.dir, fresh);
  const { error: _, ...connection } = status.current.connection;
  await status.change({
    connectorURL: fresh.connectorURL,
    directorURL: fresh.directorURL,
    connection: { ...connection, lastSuccess: now(), ...(due ? { renewed: now() } : {}) },
    certificate: certificateStatus(fresh),
  });
  return fresh;
}

async function renewed(
  dir: string,
  old: Credentials,
  configuration: Parameters<typeof renew>[1],
  access: ConnectorAccess,
): Promise<Credentials> {
  const fresh = await renew(old, configuration, access);
  await readConfiguration(fresh, access);
  await saveCredentials(dir, fresh);
  await revoke(old, access).catch(() => undefined);
  return fresh;
}
