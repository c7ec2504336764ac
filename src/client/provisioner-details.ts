/** What our Provisioner tells beside the reference's API: operations with their stages, the runtimes of a tenant, logs. Another Compass does not. */
import { GraphQLError, HttpError } from './errors.ts';
import { parsedJson, send, type Tls } from './http.ts';

export interface OperationEvent {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly stage: string;
  readonly message: string;
  readonly error?: true;
}

export interface OperationDetails {
  readonly id: string;
  readonly operation: string;
  readonly state: 'InProgress' | 'Succeeded' | 'Failed';
  readonly message: string;
  readonly runtimeID: string;
  readonly compassRuntimeID: string | null;
  readonly lastError: { readonly errMessage: string; readonly reason: string; readonly component: string };
  readonly stage: string;
  readonly stageSince: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** All that it goes through, in order. */
  readonly stages: readonly string[];
  readonly events: readonly OperationEvent[];
}

export interface ProvisionedRuntime {
  readonly id: string;
  readonly name: string;
  readonly cluster: string;
  readonly provider: string;
  readonly region: string;
  /** What is installed there; null where the Provisioner installed nothing. */
  readonly kyma: { readonly version: string; readonly components: readonly string[] } | null;
  readonly deleted: boolean;
  /** Whether its cluster sleeps; told of one runtime, and not of lists. */
  readonly asleep?: boolean;
  readonly createdAt: string;
  readonly lastOperation: OperationDetails | null;
}

export interface ProvisionerDetailsOptions {
  /** Of the Provisioner. */
  readonly base: string;
  readonly token?: string | undefined;
  readonly tenant?: string | undefined;
  readonly tls?: Tls | undefined;
  readonly onRequest?: ((report: { readonly url: string; readonly status: number }) => void) | undefined;
}

/** Each answers undefined where there is no such thing, or where the Compass knows none of this. */
export interface ProvisionerDetails {
  runtimes(): Promise<readonly ProvisionedRuntime[] | undefined>;
  runtime(id: string): Promise<ProvisionedRuntime | undefined>;
  operations(runtimeId: string): Promise<readonly OperationDetails[] | undefined>;
  operation(id: string): Promise<OperationDetails | undefined>;
  log(runtimeId: string): Promise<readonly string[] | undefined>;
  /** Wakes the cluster of a runtime. @throws GraphQLError where that is refused: in the form that the API's refusals have */
  wake(runtimeId: string): Promise<ProvisionedRuntime | undefined>;
}

const has = (key: string) => (value: unknown) => typeof value === 'object' && value !== null && key in value;

/** Undefined where it is not our Provisioner that refuses. */
function refusalIn(value: unknown): GraphQLError | undefined {
  if (!has('error')(value)) return undefined;
  const { code, message, reason } = (value as { error: { code?: number; message?: string; reason?: string } }).error;
  if (code === undefined || message === undefined || reason === undefined) return undefined;
  return new GraphQLError(200, [{ message, extensions: { error_code: code, error_reason: reason } }], null);
}

export function provisionerDetails({ base, token, tenant, tls, onRequest }: ProvisionerDetailsOptions): ProvisionerDetails {
  /** What stands behind such an address elsewhere may be anything: only what looks right counts. */
  async function ask<T>(method: 'GET' | 'POST', path: string, isRight: (value: unknown) => boolean): Promise<T | undefined> {
    const url = `${base}/v1/${path}`;
    const { status, body } = await send(url, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(tenant === undefined ? {} : { tenant }),
      },
      ...(tls === undefined ? {} : { tls }),
    });
    onRequest?.({ url, status });
    if (status === 404 || status === 405) return undefined;
    const value = parsedJson(body);
    if (status !== 200) throw refusalIn(value) ?? new HttpError(url, status, body);
    return isRight(value) ? (value as T) : undefined;
  }
  const read = <T>(path: string, isRight: (value: unknown) => boolean) => ask<T>('GET', path, isRight);
  const of = encodeURIComponent;
  return {
    runtimes: () => read('runtimes', Array.isArray),
    runtime: (id) => read(`runtimes/${of(id)}`, has('id')),
    operations: (id) => read(`runtimes/${of(id)}/operations`, Array.isArray),
    operation: (id) => read(`operations/${of(id)}`, has('id')),
    log: async (id) => (await read<{ lines: readonly string[] }>(`runtimes/${of(id)}/log`, has('lines')))?.lines,
    wake: (id) => ask('POST', `runtimes/${of(id)}/wake`, has('id')),
  };
}
