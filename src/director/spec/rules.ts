/** Specs and fetch requests as they are given (`reference: facts/bundles.md 7`); `fetch.ts` carries the requests out. */
import { authFromInput } from '../auth/rules.ts';
import type { Call } from '../call.ts';
import { invalidData } from '../errors.ts';
import type { ApiSpecInput, EventSpecInput, FetchRequestInput, VersionInput } from '../schema/types.generated.ts';
import { givenText } from '../texts/text-rules.ts';
import type { FetchRequestRecord, FetchStatus, Specified, VersionRecord } from './records.ts';

const withoutFetching = (reason: string) => invalidData(reason).message;

/** Why a fetch request of this kind is kept, but never carried out; undefined where it is. */
function hindrance(mode: string, filter: string | undefined): string | undefined {
  if (mode !== 'SINGLE') return withoutFetching(`Unsupported fetch mode: ${mode}`);
  return filter === undefined ? undefined : withoutFetching("Filter for Fetch Request was provided, currently it's unsupported");
}

/** A fetch request that nobody has carried out. */
export function fetchRequestFromInput(call: Call, input: FetchRequestInput): FetchRequestRecord {
  const auth = input.auth ? authFromInput(input.auth) : undefined;
  const filter = input.filter ?? undefined;
  return {
    id: call.newId(),
    url: input.url,
    ...(auth ? { auth } : {}),
    mode: input.mode ?? 'SINGLE',
    ...(filter === undefined ? {} : { filter }),
    status: { condition: 'INITIAL', timestamp: call.now() },
  };
}

function executable(request: FetchRequestRecord): FetchRequestRecord {
  const message = hindrance(request.mode, request.filter);
  return message === undefined ? request : { ...request, status: { ...request.status, message } };
}

/** What the long texts of the wire may not hold. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** The text of a spec or document as it is kept. @throws InvalidData for control characters other than tabs and ends of lines */
export function contentFrom(data: string | null | undefined): string | undefined {
  if (data && CONTROL.test(data)) throw invalidData('data must not contain control characters');
  return givenText(data);
}

/** The spec that an input makes. Without one, what was there stays, with its fetch request; a given one keeps the id alone. */
export function specFromInput(call: Call, input: ApiSpecInput | EventSpecInput | null | undefined, before: Specified = {}): Specified {
  if (!input) return { spec: before.spec, fetchRequest: before.fetchRequest };
  // Where nothing is validated both may be given: then the text counts, and nothing is fetched.
  const fetched = input.data === null || input.data === undefined ? input.fetchRequest : undefined;
  return {
    spec: { id: before.spec?.id ?? call.newId(), type: input.type, format: input.format, data: contentFrom(input.data) },
    fetchRequest: fetched ? executable(fetchRequestFromInput(call, fetched)) : undefined,
  };
}

/** A version as it is kept; empty texts are none. */
export function versionFromInput(input: VersionInput | null | undefined): VersionRecord | undefined {
  if (!input) return undefined;
  return {
    value: input.value,
    deprecated: input.deprecated ?? undefined,
    deprecatedSince: givenText(input.deprecatedSince),
    forRemoval: input.forRemoval ?? undefined,
  };
}

/** How a fetch request ended. */
export interface FetchOutcome {
  /** Absent where nothing was got. */
  readonly data?: string;
  readonly condition: FetchStatus['condition'];
  readonly message?: string;
}

/** The record with the outcome in it: what was got takes the place of the data, also if it is nothing. */
export function withOutcome<R extends Specified>(record: R, { data, condition, message }: FetchOutcome, now: string): R {
  if (!record.spec || !record.fetchRequest) return record;
  return {
    ...record,
    spec: { ...record.spec, data: givenText(data) },
    fetchRequest: { ...record.fetchRequest, status: { condition, message, timestamp: now } },
  };
}

/** What the wire shows as `spec`. */
export const specView = ({ spec, fetchRequest }: Specified) => (spec ? { ...spec, fetchRequest } : null);
