/** How people see specifications. */
import type {
  ApiDetailsFragment,
  ApiSpecDetailsFragment,
  EventDetailsFragment,
  EventSpecDetailsFragment,
} from '../../client/director.generated.ts';
import { Failure } from '../failure/failure.ts';
import { content, type Text } from '../output/view.ts';

type Described = NonNullable<ApiDetailsFragment['spec'] | EventDetailsFragment['spec']>;

const outcome = ({ condition, message }: { condition: string; message?: string | null }) => `${condition} ${message ?? ''}`.trimEnd();

/** Fields of a card: what it is, and how getting it ended where it is fetched. */
export function specFields(spec: Described | null | undefined): Record<string, unknown> {
  if (!spec) return { Specification: null };
  const { url, status } = spec.fetchRequest ?? {};
  return { Specification: `${spec.type} ${spec.format}`, ...(status && { 'Fetched from': url, Fetch: outcome(status) }) };
}

/** The text itself, byte for byte. @throws Failure not_found where there is none */
export function specText(spec: ApiSpecDetailsFragment | EventSpecDetailsFragment | null | undefined, owner: string): Text {
  if (!spec) throw new Failure('not_found', `${owner} has no specification.`);
  const fetched = spec.fetchRequest?.status;
  if (spec.data === null || spec.data === undefined)
    throw new Failure('not_found', `The specification of ${owner} has no content yet${fetched ? `: ${outcome(fetched)}` : ''}.`);
  return content(spec, spec.data);
}
