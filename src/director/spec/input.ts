/** What a version, a spec and a fetch request must be like (`reference: facts/bundles.md 4`). */
import { authFault } from '../auth/rules.ts';
import type { ApiSpecInput, EventSpecInput, FetchRequestInput, VersionInput } from '../schema/types.generated.ts';
import { format, notEmpty } from '../texts/text-rules.ts';
import { url } from '../texts/url.ts';
import { type Fault, faultsOf, first, length, oneOf, required, type Rule } from '../validation.ts';

const NUMBER = String.raw`(?:0|[1-9]\d*)`;
const IDENTIFIER = String.raw`(?:${NUMBER}|\d*[a-zA-Z-][0-9a-zA-Z-]*)`;
const SEMANTIC_VERSION = new RegExp(
  String.raw`^${NUMBER}\.${NUMBER}\.${NUMBER}(?:-${IDENTIFIER}(?:\.${IDENTIFIER})*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$`,
);
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  ODATA: ['XML', 'JSON'],
  OPEN_API: ['JSON', 'YAML'],
  ASYNC_API: ['JSON', 'YAML'],
};

const notNull = (value: unknown) => (value === null || value === undefined ? 'is required' : undefined);

export const versionFault: Rule<VersionInput> = (version) =>
  faultsOf({
    value: first(version.value, required, length(1, 256), format(SEMANTIC_VERSION)),
    deprecated: notNull(version.deprecated),
    deprecatedSince: first(version.deprecatedSince, length(0, 256)),
    forRemoval: notNull(version.forRemoval),
  });

export const fetchRequestFault: Rule<FetchRequestInput> = (request) =>
  faultsOf({
    url: first(request.url, required, url, length(1, 256)),
    auth: first(request.auth, authFault),
    filter: first(request.filter, notEmpty, length(1, 256)),
    mode: first(request.mode, oneOf('SINGLE', 'BUNDLE', 'INDEX')),
  });

/** Text or address: never both, never none. */
const sourceFault = ({ data, fetchRequest }: ApiSpecInput | EventSpecInput): Fault | undefined =>
  (data === null || data === undefined) === (fetchRequest === null || fetchRequest === undefined)
    ? 'Only one of Data or Fetch Request must be passed'
    : undefined;

const fits = (spec: ApiSpecInput | EventSpecInput) => FORMATS[spec.type]?.includes(spec.format) ?? false;

export const apiSpecFault: Rule<ApiSpecInput> = (spec) =>
  faultsOf({
    'Rule.MatchingTypeAndFormat': fits(spec) ? undefined : `${spec.format} is not a valid spec format for spec type ${spec.type}`,
    'Rule.DataOrFetchRequest': sourceFault(spec),
    'Rule.FetchRequest': first(spec.fetchRequest, fetchRequestFault),
  });

export const eventSpecFault: Rule<EventSpecInput> = (spec) =>
  faultsOf({
    'Rule.Format': fits(spec) ? undefined : 'must be a valid value',
    'Rule.MatchingTypeAndFormat': fits(spec) ? undefined : `format ${spec.format} is not a valid spec format for spec type ${spec.type}`,
    'Rule.DataOrFetchRequest': sourceFault(spec),
    'Rule.FetchRequest': first(spec.fetchRequest, fetchRequestFault),
  });
