/** How an asynchronous operation on an application stands (`reference: facts/security.md 1.6`). */
import { canonicalUUID, isUUID } from '../../text/uuid.ts';
import { findApplication } from '../application/rules.ts';
import type { ApplicationRecord } from '../application/records.ts';
import { tenantOf } from '../call.ts';
import type { DirectorCore } from '../context.ts';
import { DirectorError, invalidData, messageOf } from '../errors.ts';
import type { Answer, Request } from '../http/exchange.ts';

const JSON_UTF8 = { 'content-type': 'application/json' };

/** What a client that follows an operation is shown. */
function operationView(application: ApplicationRecord): Record<string, string> {
  const { id, createdAt, updatedAt, deletedAt, ready, error } = application;
  return {
    operation_type: deletedAt ? 'Delete' : updatedAt ? 'Update' : 'Create',
    resource_id: id,
    resource_type: 'application',
    creation_time: [createdAt, updatedAt, deletedAt]
      .filter((time): time is string => time !== undefined)
      .sort()
      .at(-1)!,
    status: !ready ? 'IN_PROGRESS' : error ? 'FAILED' : 'SUCCEEDED',
    ...(error ? { error } : {}),
  };
}

const refusal = (status: number, { message, extensions }: DirectorError): Answer => ({
  status,
  headers: JSON_UTF8,
  body: `${JSON.stringify({ errors: [{ message, extensions }], data: null })}\n`,
});

/** Answers `/last_operation/{resource type}/{resource id}`. */
export async function lastOperation(director: DirectorCore, request: Request): Promise<Answer> {
  const [, , type, id, ...more] = request.path.split('/');
  if (!id || more.length > 0)
    return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: '404 page not found\n' };
  if (type !== 'application' || !isUUID(id)) return refusal(400, invalidData('Unexpected resource type and/or GUID'));
  const call = director.callFor(request.caller, director.registry.latest);
  try {
    tenantOf(call);
  } catch (error) {
    if (error instanceof DirectorError) return refusal(400, error);
    throw error;
  }
  const application = await findApplication(call, canonicalUUID(id));
  if (application) return { status: 200, headers: JSON_UTF8, body: JSON.stringify(operationView(application)) };
  const text = `Object not found: Operation for application with id ${id} not found`;
  return refusal(404, new DirectorError('NotFound', { ID: id, object: 'application' }, messageOf(text, {})));
}
