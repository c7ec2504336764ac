/** What a report or a reset over the status API makes of an assignment (`reference: facts/formations.md 10`). */
import type { Call } from '../call.ts';
import type { DirectorContext } from '../context.ts';
import { UnclassifiedError } from '../errors.ts';
import { finishOperation, isLeaving, latestOperation, startOperation } from '../formation-assignment/operations.ts';
import { type FormationAssignmentRecord, formationAssignments } from '../formation-assignment/records.ts';
import { changeOperations, errorText, isLoop, reverseOf, storeCopy } from '../formation-assignment/rules.ts';
import { dropLabels, involvedIn } from '../formation/leave.ts';
import type { Place } from '../formation/objects.ts';
import { keptState } from './answer.ts';
import { inBackground } from './background.ts';
import { Delivery } from './engine.ts';
import { finish, queueAssignments } from './outbox.ts';
import { Planner, type Receiver } from './plan.ts';
import { enforceStatusRules, withReport } from './report.ts';
import { INSTANCE_CREATOR, mayOmitState } from './status-authorization.ts';
import { refused, type ReportBody, unexpected } from './status-body.ts';

const ASSIGN_STATES = ['CREATE_ERROR', 'READY', 'CREATE_READY', 'CONFIG_PENDING'];
const UNASSIGN_STATES = ['DELETE_ERROR', 'READY', 'DELETE_READY'];

/** An unspoken INITIAL comes of a report without a state. */
const takesInitial = ({ caller }: Call, place: Place): boolean =>
  caller.consumer.type === 'Business Integration' || (caller.consumer.type === 'Static User' && place.formation.state === 'DRAFT');

/** The state that is meant. @throws Refused for one that does not fit what the assignment is processed for */
function stateOf(call: Call, place: Place, assignment: FormationAssignmentRecord, body: ReportBody): string {
  if (body.state !== '' && place.formation.state !== 'READY') throw unexpected();
  const leaving = isLeaving(assignment);
  const state = body.state || (body.error === '' ? assignment.state : leaving ? 'DELETE_ERROR' : 'CREATE_ERROR');
  const allowed = leaving
    ? UNASSIGN_STATES
    : [...ASSIGN_STATES, ...(mayOmitState(call) && body.state === '' && takesInitial(call, place) ? ['INITIAL'] : [])];
  if (!allowed.includes(state)) throw refused(`An invalid state: ${state} is provided for ${leaving ? 'unassign' : 'assign'} operation`);
  return keptState(state);
}

/** One report about one assignment. */
export class AssignmentReport {
  constructor(
    private readonly ctx: DirectorContext,
    private readonly place: Place,
    private readonly assignment: FormationAssignmentRecord,
    private readonly body: ReportBody,
  ) {}

  /** @throws Refused */
  async take(): Promise<void> {
    const state = stateOf(this.ctx.call, this.place, this.assignment, this.body);
    if (isLeaving(this.assignment)) return this.takeLeaving(state);
    await this.takeJoining(this.assignment, state, await reverseOf(this.ctx.call, this.assignment));
  }

  /** The assignment takes the new configuration, and the reverse begins anew. @throws Refused */
  async reset(): Promise<void> {
    const { state, configuration } = this.body;
    const { source, target } = this.assignment;
    const leaving = isLeaving(this.assignment);
    const cannot = (ends: { source: string; target: string }, why: string) =>
      refused(`Cannot reset formation assignment with source "${ends.source}" and target "${ends.target}" ${why}`);
    stateOf(this.ctx.call, this.place, this.assignment, this.body);
    if (state !== 'READY' && state !== 'CONFIG_PENDING')
      throw refused(`An invalid state: ${state} is provided for ${leaving ? 'unassign' : 'assign'} operation`);
    if (configuration === undefined) throw cannot({ source, target }, `to state ${state} because provided configuration is empty`);
    if (this.assignment.state !== 'READY') throw cannot({ source, target }, 'because assignment is not in "READY" state');
    const reverse = await reverseOf(this.ctx.call, this.assignment);
    if (!reverse) throw cannot({ source, target }, 'because reverse assignment is missing');
    if (reverse.state !== 'READY') throw cannot(reverse, 'because reverse assignment is not in "READY" state');
    const restarted = await this.ctx.write(async (call) => {
      for (const { id } of isLoop(reverse) ? [this.assignment] : [this.assignment, reverse])
        await changeOperations(call, id, (stored) => startOperation(call, stored, 'ASSIGN', 'RESET'));
      return storeCopy(call, { ...reverse, state: 'INITIAL' });
    });
    await this.takeJoining(this.assignment, state, restarted, true);
  }

  private async receiver(assignment: FormationAssignmentRecord): Promise<Receiver> {
    const known = await new Planner(this.ctx.call, this.place).receiverOf(assignment);
    return known ?? { type: assignment.targetType, subtype: '', id: assignment.target };
  }

  private async takeJoining(
    assignment: FormationAssignmentRecord,
    state: string,
    reverse: FormationAssignmentRecord | undefined,
    always = false,
  ): Promise<void> {
    const report = { state, configuration: this.body.configuration, error: this.body.error || undefined };
    const receiver = await this.receiver(assignment);
    const subject = { assignment, reverse, operation: 'assign' as const, report };
    await this.enforce('PRE', receiver, subject);
    const changed = withReport(assignment, report);
    const isNews = changed.configuration !== undefined && changed.state !== 'CREATE_ERROR' && changed.state !== 'INITIAL';
    const next = isNews && !isLoop(assignment) ? reverse : undefined;
    const ticket = await this.ctx.write(async (call) => {
      await storeCopy(call, changed);
      if (changed.state === 'READY') await changeOperations(call, changed.id, (stored) => finishOperation(call, stored));
      return next && queueAssignments(call, this.place.formation.id, [{ assignment: next }]);
    });
    await this.enforce('POST', receiver, subject);
    if (next) inBackground(this.ctx.director, 'telling the other side', () => this.tellReverse(assignment.id, ticket, always));
  }

  private async enforce(type: 'PRE' | 'POST', receiver: Receiver, subject: Parameters<typeof enforceStatusRules>[4]): Promise<void> {
    try {
      await enforceStatusRules(this.ctx.call, type, this.place, { receiver }, subject);
    } catch (error) {
      if (error instanceof UnclassifiedError) throw unexpected();
      throw error;
    }
  }

  /** `always`: also where neither side has a call, so that the reverse does not wait for ever. */
  private async tellReverse(id: string, ticket: string | undefined, always: boolean): Promise<void> {
    const assignment = await this.ctx.call.tx.get(formationAssignments, id);
    const reverse = assignment && (await reverseOf(this.ctx.call, assignment));
    if (!reverse) return finish(this.ctx, ticket);
    const step = await new Planner(this.ctx.call, this.place).step(reverse, assignment, 'assign');
    if (!always && !step.notification && !step.reverseNotification) return finish(this.ctx, ticket);
    const [fault] = await new Delivery(this.ctx, this.place, [step], ticket).run();
    if (!fault) return;
    await this.ctx.write(async (call) => {
      const stored = await call.tx.get(formationAssignments, reverse.id);
      if (stored) await storeCopy(call, { ...stored, state: 'CREATE_ERROR', error: errorText(fault.message, 1) });
    });
  }

  private async takeLeaving(state: string): Promise<void> {
    const { assignment } = this;
    const isForCreator = latestOperation(assignment)?.operationType === 'INSTANCE_CREATOR_UNASSIGN';
    if (isForCreator && this.ctx.caller.consumer.type !== INSTANCE_CREATOR) return;
    const report = { state, configuration: undefined, error: this.body.error || undefined };
    const receiver = await this.receiver(assignment);
    const subject = { assignment, reverse: await reverseOf(this.ctx.call, assignment), operation: 'unassign' as const, report };
    await this.enforce('PRE', receiver, subject);
    if (report.state === 'DELETING') return this.handOver(receiver, subject);
    await this.ctx.write(async (call) => {
      if (report.state !== 'READY') return void (await storeCopy(call, withReport(assignment, report)));
      await call.tx.delete(formationAssignments, assignment.id);
      await dropLabels(call, this.place.formation, involvedIn([assignment]));
    });
    await this.enforce('POST', receiver, subject);
  }

  /** The participant has agreed, and a rule wants the Instance Creator to finish: it is called, and its report will be the one that counts. */
  private async handOver(receiver: Receiver, subject: Parameters<typeof enforceStatusRules>[4]): Promise<void> {
    const { id } = this.assignment;
    const ticket = await this.ctx.write(async (call) => {
      await changeOperations(call, id, (stored) => startOperation(call, stored, 'INSTANCE_CREATOR_UNASSIGN', 'UNASSIGN_OBJECT'));
      return queueAssignments(call, this.place.formation.id, [{ assignment: this.assignment }]);
    });
    await this.enforce('POST', receiver, subject);
    inBackground(this.ctx.director, 'telling the Instance Creator', async () => {
      const stored = await this.ctx.call.tx.get(formationAssignments, id);
      if (!stored) return finish(this.ctx, ticket);
      const step = await new Planner(this.ctx.call, this.place).step(stored, subject.reverse, 'unassign');
      await new Delivery(this.ctx, this.place, [step], ticket).run();
    });
  }
}
