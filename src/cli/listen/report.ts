/** Reports by the status API, as a participant makes them: whom they concern is read from the request that was answered. */
import { send } from '../../client/http.ts';
import { headersFor, type RestOptions } from '../../client/notifications.ts';
import type { Report } from './replies.ts';

/** The ids by which the status API knows what was told. */
export interface Concerned {
  readonly formation: string;
  /** Absent where the formation itself is meant. */
  readonly assignment?: string;
}

const FORMATION = /^(?:ucl)?formationid$/;
const ASSIGNMENT = /^(?:ucl|formation)?assignmentid$/;
const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** All texts with their names, wherever they stand. */
function* named(value: unknown, depth = 0): Generator<readonly [string, string]> {
  if (typeof value !== 'object' || value === null || depth > 20) return;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string') yield [plain(name), inner];
    else yield* named(inner, depth + 1);
  }
}

/** From the body, the query or the headers: whatever is called like `formationId` and `assignmentId`. */
export function concernedBy(request: {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}): Concerned | undefined {
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    body = undefined;
  }
  const query = new URLSearchParams(request.path.split('?')[1] ?? '');
  const texts = [...named(body), ...[...query].map(([name, value]) => [plain(name), value] as const), ...named(request.headers)];
  const [formation, assignment] = [FORMATION, ASSIGNMENT].map((name) => texts.find(([key, text]) => name.test(key) && text !== '')?.[1]);
  if (formation === undefined) return undefined;
  return { formation, ...(assignment !== undefined && { assignment }) };
}

/** The status of the Director's answer and its text. @throws UnreachableError, TimeoutError, CertificateError */
export async function sendReport(
  rest: RestOptions,
  { formation, assignment }: Concerned,
  report: Report,
): Promise<{ status: number; text: string }> {
  const { after: _, ...told } = report;
  const place = assignment === undefined ? '' : `/assignments/${encodeURIComponent(assignment)}`;
  const answer = await send(`${rest.url}/v1/businessIntegrations/${encodeURIComponent(formation)}${place}/status`, {
    method: 'PATCH',
    headers: { ...headersFor(rest), 'content-type': 'application/json' },
    body: JSON.stringify(told),
    ...(rest.tls && { tls: rest.tls }),
  });
  return { status: answer.status, text: answer.body };
}

/** The id of the credentials that a request asks for; undefined where it asks for none. */
export function wantedIn(body: string): string | undefined {
  try {
    const { event, bundleInstanceAuthID: id } = JSON.parse(body) as { event?: unknown; bundleInstanceAuthID?: unknown };
    return event === 'credentialsRequested' && typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
