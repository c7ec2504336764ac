/** The Director's REST interface for deliveries, with the session of a command; and what its refusals mean to the user. */
import { HttpError } from '../../client/errors.ts';
import { type Delivery, Notifications, RestError, type RestOptions } from '../../client/notifications.ts';
import { Failure, type FailureCode } from '../failure/failure.ts';
import type { Session } from '../connection/session.ts';
import { given } from '../input/input.ts';

/** How the Director at the session's context is reached. */
export const restOf = ({ context, token, tls }: Session): RestOptions => ({
  url: context.director,
  ...given({ token, tenant: context.tenant, tls }),
});

const CODES: Readonly<Record<number, FailureCode>> = {
  401: 'not_authorised',
  403: 'insufficient_scopes',
  404: 'not_found',
  409: 'conflict',
};

const UNKNOWN = 'This Compass keeps no record of its notifications.';

/** Runs a request. @throws Failure for what was refused */
export async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RestError)
      throw new Failure(CODES[error.status] ?? 'invalid_data', error.message, { cause: error, hint: hintFor(error) });
    if (error instanceof HttpError && error.status === 404) throw new Failure('not_found', UNKNOWN, { cause: error });
    throw error;
  }
}

const hintFor = ({ status }: RestError): string | undefined =>
  status === 404 ? 'See `compass notification list` and `compass formation list`.' : undefined;

/** The last delivery of each of these assignments; none where the Compass keeps no record, or the caller may not read it. */
export async function lastDeliveries(rest: RestOptions, assignments: readonly string[]): Promise<ReadonlyMap<string, Delivery>> {
  const notifications = new Notifications(rest);
  const last = new Map<string, Delivery>();
  for (const assignment of assignments) {
    try {
      const [delivery] = (await notifications.list({ assignment, first: 1 })).data;
      if (delivery) last.set(assignment, delivery);
    } catch (error) {
      if (error instanceof HttpError || error instanceof RestError) return last;
      throw error;
    }
  }
  return last;
}
