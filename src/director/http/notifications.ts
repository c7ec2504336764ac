/**
 * Reading what was delivered, beside GraphQL, whose published schema is a contract that has no place for it:
 * `GET /v1/notifications`, `GET /v1/notifications/{id}`, `POST /v1/notifications/{id}/resend`.
 */
import type { Call } from '../call.ts';
import { tenantOf } from '../call.ts';
import type { DirectorContext, DirectorCore } from '../context.ts';
import { DirectorError, notFound, UnclassifiedError } from '../errors.ts';
import { formationByName } from '../formation/rules.ts';
import { formations } from '../formation/records.ts';
import { deliveries, type DeliveryRecord } from '../notification/deliveries/deliveries.ts';
import { deliveriesKept } from '../notification/deliveries/log.ts';
import { resend } from '../notification/resend.ts';
import { type Page, pageBounds, pageOf } from '../page.ts';
import { requireScopes } from '../schema/scopes.ts';
import type { Answer, Request } from './exchange.ts';

const JSON_UTF8 = { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store' };
const PATH = /^\/v1\/notifications(?:\/([^/]+)(\/resend)?)?$/;
const USUAL_PAGE = 50;

export const isNotificationsPath = (path: string): boolean => PATH.test(path);

const STATUS: Readonly<Record<string, number>> = {
  NotFound: 404,
  InsufficientScopes: 403,
  Unauthorized: 403,
  InvalidOperation: 409,
  InternalError: 500,
};

const json = (status: number, value: unknown): Answer => ({ status, headers: JSON_UTF8, body: JSON.stringify(value) });

/** What is shown: everything but how lists are ordered. */
const shown = ({ moment: _, tenant: __, ...delivery }: DeliveryRecord) => delivery;
/** Lists leave out bodies and headers. */
const row = ({ request, response, ...delivery }: DeliveryRecord) => ({
  ...shown(delivery),
  ...(request && { request: { method: request.method, url: request.url } }),
  ...(response && { response: { status: response.status } }),
});

/** Of the caller's tenant alone. @throws NotFound */
async function requireDelivery(call: Call, id: string): Promise<DeliveryRecord> {
  const tenant = tenantOf(call);
  const delivery = await call.tx.get(deliveries, id);
  if (delivery?.tenant !== tenant) throw notFound('notification', id);
  return delivery;
}

/** Which of the tenant are meant. A formation that is gone still has its deliveries. @throws NotFound for a formation that nothing is known of */
async function list(call: Call, asked: URLSearchParams): Promise<Page<DeliveryRecord>> {
  const tenant = tenantOf(call);
  const page = { first: Number(asked.get('first') ?? USUAL_PAGE), after: asked.get('after') };
  const bounds = pageBounds(page);
  const name = asked.get('formation');
  const assignment = asked.get('assignment');
  const onlyFailed = asked.get('failed') === 'true';
  const formation = name === null ? undefined : ((await formationByName(call, name)) ?? (await call.tx.get(formations, name)));
  const isGone = name !== null && formation?.tenant !== tenant;
  const match = (delivery: DeliveryRecord) =>
    delivery.tenant === tenant &&
    (!isGone || delivery.formationName === name || delivery.formationID === name) &&
    (!onlyFailed || hasFailed(delivery));
  const result = await call.tx.page(deliveries, {
    all: [
      assignment !== null
        ? { index: 'assignment', anyOf: [assignment] }
        : formation && !isGone
          ? { index: 'formation', anyOf: [formation.id] }
          : { index: 'tenant', anyOf: [tenant] },
    ],
    match,
    ...bounds,
  });
  if (isGone && result.total === 0) throw notFound('formations');
  return pageOf(result, page, bounds);
}

const hasFailed = ({ error, answer, response }: DeliveryRecord) =>
  error !== undefined || (answer?.error ?? '') !== '' || (response?.status ?? 0) >= 400;

async function sendAgain(ctx: DirectorContext, id: string): Promise<Answer> {
  const delivery = await requireDelivery(ctx.call, id);
  const fault = await resend(ctx, delivery).then(
    () => undefined,
    (error: unknown) => {
      // What went wrong while telling is in the record of the new delivery.
      if (error instanceof UnclassifiedError) return error.message;
      throw error;
    },
  );
  await deliveriesKept(ctx.director);
  const { index, key } =
    delivery.assignmentID === undefined
      ? ({ index: 'formation', key: delivery.formationID } as const)
      : ({ index: 'assignment', key: delivery.assignmentID } as const);
  const { records } = await ctx.call.tx.page(deliveries, {
    all: [{ index, anyOf: [key] }],
    match: ({ requestID }) => requestID === ctx.requestId,
    first: 50,
  });
  return json(200, { data: records.toReversed().map(row), ...(fault !== undefined && { error: fault }) });
}

async function dispatch(ctx: DirectorContext, request: Request): Promise<Answer> {
  const [, id, again] = PATH.exec(request.path)!;
  const isResend = again !== undefined;
  if (request.method !== (isResend ? 'POST' : 'GET'))
    return { status: 405, headers: { ...JSON_UTF8, allow: isResend ? 'POST' : 'GET' }, body: '' };
  requireScopes(ctx.caller.scopes, isResend ? ['formation:read', 'formation:write'] : ['formation:read']);
  if (isResend) return sendAgain(ctx, id!);
  await deliveriesKept(ctx.director);
  if (id !== undefined) return json(200, shown(await requireDelivery(ctx.call, id)));
  const page = await list(ctx.call, new URLSearchParams(request.query));
  return json(200, { ...page, data: page.data.map(row) });
}

export async function answerNotifications(director: DirectorCore, request: Request): Promise<Answer> {
  const ctx = director.contextFor(request, director.registry.latest);
  ctx.operation = 'resendNotification';
  try {
    return await dispatch(ctx, request);
  } catch (error) {
    if (!(error instanceof DirectorError)) throw error;
    return json(STATUS[error.kind] ?? 400, { error: error.message });
  }
}
