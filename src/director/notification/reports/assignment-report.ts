/** What a report or a reset over the status API makes of an assignment (`reference: facts/formations.md 10`). */
import type { Call, WriteCall } from '../../call.ts';
import type { DirectorContext } from '../../context.ts';
import { UnclassifiedError } from '../../errors.ts';
import { finishOperation, isLeaving, latestOperation, startOperation } from '../../formation-assignment/operations.ts';
import { type FormationAssignmentRecord, formationAssignments } from '../../formation-assignment/records.ts';
import { changeOperations, errorText, isLoop, reverseOf, storeCopy } from '../../formation-assignment/rules.ts';
import { dropLabels, involvedIn } from '../../formation/assigning/leave.ts';
import type { Place } from '../../formation/place.ts';
import { errorStateOf, keptState } from '../answer.ts';
import { inBackground } from '../../background.ts';
import { Delivery } from '../engine.ts';
import { finish, queueAssignments } from '../outbox.ts';
import { Planner } from '../plan.ts';
import { enforceStatusRules, faultOf, type ReportSubject, withReport } from './report.ts';
import { INSTANCE_CREATOR, mayOmitState } from './status-authorization.ts';
import { refused, type ReportBody, unexpected } from './status-body.ts';

const ASSIGN_STATES = ['CREATE_ERROR', 'READY', 'CREATE_READY', 'CONFIG_PENDING'];
const UNASSIGN_STATES = ['DELETE_ERROR', 'READY', 'DELETE_READY'];

/** An unspoken INITIAL comes of a report without a state. */
const takesInitial = ({ caller }: Call, place: Place): boolean =>
  caller.consumer.type === 'Business Integration' || (caller.consumer.type === 'Static User' && place.formation.state === 'DRAFT');

/** States that an assignment can be reset to. */
const RESET_STATES = ['READY', 'CONFIG_PENDING'];

const operationOf = (leaving: boolean) => (leaving ? 'unassign' : 'assign');

/** The state that is meant: without one an error, or that which there is. @throws Refused for one that does not fit what the assignment is processed for */
function stateOf(call: Call, place: Place, assignment: FormationAssignmentRecord, body: ReportBody, isReset: boolean): string {
  if (body.state !== '' && place.formation.state !== 'READY') throw unexpected();
  const leaving = isLeaving(assignment);
  const state = body.state || (body.error === '' ? assignment.state : errorStateOf(operationOf(leaving)));
  const isFitting = (leaving ? UNASSIGN_STATES : ASSIGN_STATES).includes(state);
  const isUnspoken = state === 'INITIAL' && !leaving && mayOmitState(call) && body.state === '' && takesInitial(call, place);
  if (isReset ? !(isFitting && RESET_STATES.includes(state)) : !(isFitting || isUnspoken))
    throw refused(`An invalid state: ${state} is provided for ${operationOf(leaving)} operation`);
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
    const state = stateOf(this.ctx.call, this.place, this.assignment, this.body, false);
    if (isLeaving(this.assignment)) return this.takeLeaving(state);
    await this.takeJoining(state, await reverseOf(this.ctx.call, this.assignment));
  }

  /** The assignment takes the new configuration, and the reverse begins anew. @throws Refused */
  async reset(): Promise<void> {
    const { configuration } = this.body;
    const { source, target } = this.assignment;
    const cannot = (ends: { source: string; target: string }, why: string) =>
      refused(`Cannot reset formation assignment with source "${ends.source}" and target "${ends.target}" ${why}`);
    const state = stateOf(this.ctx.call, this.place, this.assignment, this.body, true);
    if (configuration === undefined)
      throw cannot({ source, target }, `to state ${this.body.state} because provided configuration is empty`);
    if (this.assignment.state !== 'READY') throw cannot({ source, target }, 'because assignment is not in "READY" state');
    const reverse = await reverseOf(this.ctx.call, this.assignment);
    if (!reverse) throw cannot({ source, target }, 'because reverse assignment is missing');
    if (reverse.state !== 'READY') throw cannot(reverse, 'because reverse assignment is not in "READY" state');
    await this.takeJoining(state, reverse, async (call) => {
      for (const { id } of isLoop(reverse) ? [this.assignment] : [this.assignment, reverse])
        await changeOperations(call, id, (stored) => startOperation(call, stored, 'ASSIGN', 'RESET'));
      return storeCopy(call, { ...reverse, state: 'INITIAL' });
    });
  }

  /** `restart` begins the reverse anew and answers it; then it is told in any case, as nobody else would. */
  private async takeJoining(
    state: string,
    reverse: FormationAssignmentRecord | undefined,
    restart?: (call: WriteCall) => Promise<FormationAssignmentRecord | undefined>,
  ): Promise<void> {
    const { assignment } = this;
    const report = { state, configuration: this.body.configuration, error: this.body.error || undefined };
    const { next, ticket } = await this.ctx.write(async (call) => {
      const subject = { assignment, reverse: restart ? await restart(call) : reverse, operation: 'assign' as const, report: { ...report } };
      return this.underRules(call, subject, async () => {
        const changed = withReport(assignment, subject.report);
        await storeCopy(call, changed);
        if (changed.state === 'READY') await changeOperations(call, changed.id, (stored) => finishOperation(call, stored));
        const isNews = changed.configuration !== undefined && changed.state !== 'CREATE_ERROR' && changed.state !== 'INITIAL';
        const next = isNews && !isLoop(assignment) ? subject.reverse : undefined;
        return { next, ticket: next && (await queueAssignments(call, this.place.formation.id, [{ assignment: next }])) };
      });
    });
    if (next)
      inBackground(this.ctx.director, 'telling the other side', () => this.tellReverse(assignment.id, ticket, restart !== undefined));
  }

  /** Takes a report between the rules before and after it. @throws Refused where one of these forbids it, or the report cannot be kept: then nothing has changed */
  private async underRules<T>(call: WriteCall, subject: ReportSubject, take: () => Promise<T>): Promise<T> {
    try {
      const reporter = await new Planner(call, this.place).reporterOf(subject.assignment, subject.operation);
      await enforceStatusRules(call, 'PRE', this.place, reporter, subject);
      const taken = await take();
      await enforceStatusRules(call, 'POST', this.place, reporter, subject);
      return taken;
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
    const reverse = await reverseOf(this.ctx.call, assignment);
    const subject = { assignment, reverse, operation: 'unassign' as const, report: { ...report } };
    if (state === 'READY') return this.takeAgreement(subject);
    await this.ctx.write((call) =>
      this.underRules(call, subject, async () => void (await storeCopy(call, withReport(assignment, subject.report)))),
    );
  }

  /** The assignment goes, unless a rule before that has changed the word. @throws Refused by a rule; where it came before, the assignment is left in error */
  private async takeAgreement(subject: ReportSubject): Promise<void> {
    const { assignment } = this;
    const { ticket, fault } = await this.ctx.write(async (call) => {
      const reporter = await new Planner(call, this.place).reporterOf(assignment, 'unassign');
      const enforced = (type: 'PRE' | 'POST') => faultOf(enforceStatusRules(call, type, this.place, reporter, subject));
      const before = await enforced('PRE');
      const { state } = subject.report;
      if (before) await storeCopy(call, { ...assignment, state: 'DELETE_ERROR', error: errorText(before.message, 1) });
      else if (state === 'READY') await this.letGo(call);
      return { ticket: !before && state === 'DELETING' ? await this.handOver(call) : undefined, fault: before ?? (await enforced('POST')) };
    });
    if (ticket !== undefined)
      inBackground(this.ctx.director, 'telling the Instance Creator', () => this.tellCreator(subject.reverse, ticket));
    if (fault) throw unexpected();
  }

  private async letGo(call: WriteCall): Promise<void> {
    await call.tx.delete(formationAssignments, this.assignment.id);
    await dropLabels(call, this.place.formation, involvedIn([this.assignment]));
  }

  /** The participant has agreed, and a rule wants the Instance Creator to finish: its report will be the one that counts. Answers the ticket of the call to it. */
  private async handOver(call: WriteCall): Promise<string | undefined> {
    await changeOperations(call, this.assignment.id, (stored) =>
      startOperation(call, stored, 'INSTANCE_CREATOR_UNASSIGN', 'UNASSIGN_OBJECT'),
    );
    return queueAssignments(call, this.place.formation.id, [{ assignment: this.assignment }]);
  }

  private async tellCreator(reverse: FormationAssignmentRecord | undefined, ticket: string): Promise<void> {
    const stored = await this.ctx.call.tx.get(formationAssignments, this.assignment.id);
    if (!stored) return finish(this.ctx, ticket);
    const step = await new Planner(this.ctx.call, this.place).step(stored, reverse, 'unassign');
    await new Delivery(this.ctx, this.place, [step], ticket).run();
  }
}
