/** The status API: participants and leading products report what came of an asynchronous notification (`reference: facts/formations.md 10`). */
import { canonicalUUID } from '../../../text/uuid.ts';
import type { DirectorContext, DirectorCore } from '../../context.ts';
import { formationAssignments } from '../../formation-assignment/records.ts';
import { isLeaving } from '../../formation-assignment/operations.ts';
import { formations } from '../../formation/records.ts';
import { placeOf } from '../../formation/place.ts';
import type { Answer, Request } from '../../http/exchange.ts';
import { AssignmentReport } from './assignment-report.ts';
import { type DeliverySubject, reportRecord } from '../deliveries/deliveries.ts';
import { keepDelivery } from '../deliveries/log.ts';
import { takeFormationReport } from './formation-report.ts';
import { mayOmitState, mayReportAssignment, mayReportFormation } from './status-authorization.ts';
import { checkAssignmentReport, checkContentType, checkFormationReport, readReport, Refused, refused } from './status-body.ts';
import { assignmentSubject, formationSubject } from '../subject.ts';

const JSON_UTF8 = { 'content-type': 'application/json;charset=UTF-8' };
const ASSIGNMENT = /^\/v1\/businessIntegrations\/([^/]+)\/assignments\/([^/]+)\/status(\/reset)?$/;
const FORMATION = /^\/v1\/businessIntegrations\/([^/]+)\/status$/;
const UNAUTHORIZED = new Refused(401, '');

/** Whether the path is one of the status API's. */
export const isStatusPath = (path: string): boolean => ASSIGNMENT.test(path) || FORMATION.test(path);

/** Takes a report of somebody who may make it, and keeps what was said and answered. */
async function noting(ctx: DirectorContext, request: Request, subject: DeliverySubject, take: () => Promise<void>): Promise<void> {
  const started = performance.now();
  const keep = (refusal?: Refused) =>
    keepDelivery(
      ctx.director,
      reportRecord(ctx, subject, request, { ...(refusal && { refusal: bodyOf(refusal, request) }), duration: performance.now() - started }),
    );
  try {
    await take();
    keep();
  } catch (error) {
    if (error instanceof Refused) keep(error);
    throw error;
  }
}

async function reportAssignment(ctx: DirectorContext, request: Request, formationID: string, id: string, isReset: boolean): Promise<void> {
  if (!ctx.caller.tenant) throw new Refused(400, 'tenant not found in the request');
  const assignment = await ctx.call.tx.get(formationAssignments, canonicalUUID(id));
  const formation = await ctx.call.tx.get(formations, canonicalUUID(formationID));
  if (!formation || assignment?.formationID !== formation.id)
    throw new Refused(404, `Formation assignment with ID "${id}" for formation "${formationID}" was not found`);
  if (!(await mayReportAssignment(ctx.call, assignment))) throw UNAUTHORIZED;
  const subject = assignmentSubject(formation, assignment, isReset ? 'reset' : isLeaving(assignment) ? 'unassign' : 'assign');
  await noting(ctx, request, subject, async () => {
    checkContentType(request.headers['content-type']);
    const body = readReport(request.body, ['state', 'configuration', 'error']);
    checkAssignmentReport(body, !mayOmitState(ctx.call));
    const report = new AssignmentReport(ctx, await placeOf(ctx.call, formation), assignment, body);
    await (isReset ? report.reset() : report.take());
  });
}

async function reportFormation(ctx: DirectorContext, request: Request, id: string): Promise<void> {
  const formation = await ctx.call.tx.get(formations, canonicalUUID(id));
  if (!formation) throw new Refused(404, `Formation with ID "${id}" was not found`);
  if (!(await mayReportFormation(ctx.call, formation))) throw UNAUTHORIZED;
  const subject = formationSubject(formation, formation.state === 'DELETING' ? 'deleteFormation' : 'createFormation');
  await noting(ctx, request, subject, async () => {
    checkContentType(request.headers['content-type']);
    const body = readReport(request.body, ['state', 'error']);
    checkFormationReport(body);
    await takeFormationReport(ctx, await placeOf(ctx.call, formation), body);
  });
}

function bodyOf({ status, message, isTraced }: Refused, { requestId }: Request): { status: number; body: string } {
  const text = isTraced ? `${message}. X-Request-Id: ${requestId}` : message;
  return { status, body: message === '' ? '' : JSON.stringify({ error: text }) };
}

async function dispatch(ctx: DirectorContext, request: Request): Promise<void> {
  const formation = FORMATION.exec(request.path);
  if (formation) return reportFormation(ctx, request, formation[1]!);
  const assignment = ASSIGNMENT.exec(request.path);
  if (!assignment) throw refused('unknown path');
  return reportAssignment(ctx, request, assignment[1]!, assignment[2]!, assignment[3] !== undefined);
}

/** Answers a request to `/v1/businessIntegrations/…`; calls that follow from a report are made after the answer. */
export async function answerStatusReport(director: DirectorCore, request: Request): Promise<Answer> {
  if (request.method !== 'PATCH') return { status: 405, headers: JSON_UTF8, body: '' };
  const ctx = director.contextFor(request, director.registry.latest);
  ctx.operation = 'reportStatus';
  try {
    await dispatch(ctx, request);
    return { status: 200, headers: JSON_UTF8, body: '' };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { headers: JSON_UTF8, ...bodyOf(error, request) };
  }
}
