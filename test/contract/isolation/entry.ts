/** What the matrix knows about an operation: how it is called on somebody's estate, and what others are told. */
import type { Estate, Result, Tenant } from './asking.ts';
import type { Shared } from './landscape.ts';

/** How a call that must show nothing is answered. */
export type Refusal =
  /** The field is null, without an error. */
  | { readonly kind: 'null' }
  /** The field is an empty list or page, without an error. */
  | { readonly kind: 'empty' }
  /** One error with this text; no data. */
  | { readonly kind: 'error'; readonly text: (victim: Estate, caller: Tenant) => string };

export const NULL: Refusal = { kind: 'null' };
export const EMPTY: Refusal = { kind: 'empty' };
export const error = (text: string | ((victim: Estate, caller: Tenant) => string)): Refusal => ({
  kind: 'error',
  text: typeof text === 'string' ? () => text : text,
});
export const unknown = (object: string) => error(`Object not found [object=${object}]`);

export const OWNER_NEEDED = error('Unauthorized [reason=Owner access is needed for resource modification]');
export const NO_TENANT = error('Tenant is required');
export const ELSEWHERE = error(
  'The operation is not allowed [reason=requesting runtime should be in same scenario as the requested application resource]',
);
export const noReference = (object: string) =>
  error(`The operation is not allowed [object=${object}; reason=The referenced entity does not exists]`);
export const invalid = (reason: string) => error(`Invalid data [reason=${reason}]`);

export type Outsider = 'stranger' | 'sibling' | 'child';
export const OUTSIDERS: readonly Outsider[] = ['stranger', 'sibling', 'child'];

/** The field with its arguments and what is selected of it. */
export type Call = (estate: Estate, shared: Shared) => string;

/** An operation that reaches an object of a tenant by an id or a name. */
export interface OfTenant {
  readonly about: 'tenant';
  readonly call: Call;
  /** What every outsider is told. */
  readonly refusal: Refusal;
  /** Who is an outsider here, where not all three are. */
  readonly outsiders?: readonly Outsider[];
  /** Whether the answer differs from that for ids that nobody has: where the reference tells that something is there. */
  readonly admits?: true;
  /** What another application of the same tenant is told that asks to change this one's. */
  readonly neighbourApplication?: Refusal;
  /** The same with a runtime. */
  readonly neighbourRuntime?: Refusal;
  /** What a runtime that shares no formation with the application is told. */
  readonly outside?: Refusal;
  /** What a tenant is told that may read the application and the runtime, and no more. */
  readonly reader?: Refusal;
  /** What a caller without a tenant is told, where not that one is required. `null`: it may do this. */
  readonly noTenant?: Refusal | null;
}

/** An operation on whatever the calling tenant has: everybody may call it, and is shown nothing of others. */
export interface OfCaller {
  readonly about: 'caller';
  readonly call: Call;
  /** Whether the owner is shown something of its own by it. */
  readonly shows: boolean;
  /** Who is an outsider here, where not all three are. */
  readonly outsiders?: readonly Outsider[];
  /** What a runtime is told that shares no formation with anything. */
  readonly outside?: Refusal;
}

/** An operation on what belongs to no tenant, or that is meant to reach all of them: its scope alone opens it. */
export interface OfAll {
  readonly about: 'all';
  readonly call: Call;
  /** Why no tenant is asked for. */
  readonly because: string;
  /** What a caller with the scope is told even so, in this landscape. */
  readonly told?: RegExp;
}

export type Entry = OfTenant | OfCaller | OfAll;

export const ofTenant = (call: Call, refusal: Refusal, more: Omit<OfTenant, 'about' | 'call' | 'refusal'> = {}): OfTenant => ({
  about: 'tenant',
  call,
  refusal,
  ...more,
});
export const ofCaller = (call: Call, shows = true, outsiders: readonly Outsider[] = OUTSIDERS): OfCaller => ({
  about: 'caller',
  call,
  shows,
  outsiders,
});
export const ofAll = (because: string, call: Call, told?: RegExp): OfAll => ({ about: 'all', call, because, ...(told ? { told } : {}) });

const isEmpty = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length === 0
    : typeof value === 'object' &&
      value !== null &&
      Array.isArray((value as { data?: unknown }).data) &&
      (value as { data: unknown[] }).data.length === 0;

/** What is wrong with an answer that should have been the refusal; undefined where nothing is. */
export function faultOf({ status, data, errors, text }: Result, refusal: Refusal, victim: Estate, caller: Tenant): string | undefined {
  if (status !== 200) return `status ${status}: ${text}`;
  const value = data?.['result'] ?? null;
  if (refusal.kind === 'error') {
    const wanted = refusal.text(victim, caller);
    const [first, ...more] = errors;
    if (more.length > 0 || first?.message.replace(/errorID=[0-9a-f-]{36}/, 'errorID=…') !== wanted)
      return `expected the error ${JSON.stringify(wanted)}, got ${text}`;
    return value === null ? undefined : `data beside the error: ${text}`;
  }
  if (errors.length > 0) return `expected no error, got ${text}`;
  const fits = refusal.kind === 'null' ? value === null : isEmpty(value);
  return fits ? undefined : `expected ${refusal.kind}, got ${text}`;
}
