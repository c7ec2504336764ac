/**
 * Tells participants about each other, one step after the other: each call is made between transactions, its outcome kept in one of its own
 * (`reference: facts/formations.md 7 and 8`). A step works on copies as they were when the list was made; what one step changed is not seen by the next.
 */
import { NamedText } from '../../template/template.ts';
import type { DirectorContext } from '../context.ts';
import { UnclassifiedError } from '../errors.ts';
import { finishOperation } from '../formation-assignment/operations.ts';
import { type FormationAssignmentRecord, formationAssignments } from '../formation-assignment/records.ts';
import { changeOperations, errorText, isLoop, storeCopy } from '../formation-assignment/rules.ts';
import { ADDRESS, type StatusReport } from '../formation-constraint/operators/operator.ts';
import type { Place } from '../formation/place.ts';
import { errorStateOf, isEmptyConfiguration, type Meaning, meaningOf } from './answer.ts';
import { finish } from './outbox.ts';
import type { Notification, Operation, Step } from './notification.ts';
import { enforceStatusRules, factsOf, faultOf, UnreadableConfiguration, withReport } from './reports/report.ts';
import { settle } from './settle.ts';
import { call, TechnicalFailure } from './send.ts';
import { assignmentSubject } from './subject.ts';
import { assignmentData, constraintAssignmentData, receiverDetails } from './templates/objects.ts';

/** How often one answer may lead to a further call in return. */
const DEEPEST_EXCHANGE = 10;

type Outcome = Meaning | { readonly kind: 'technical'; readonly message: string };

/** One operation's deliveries in a formation. */
export class Delivery {
  private readonly handled = new Set<string>();
  private readonly notifications = new Map<string, Notification>();

  constructor(
    private readonly ctx: DirectorContext,
    private readonly place: Place,
    private readonly steps: readonly Step[],
    private readonly ticket?: string | undefined,
  ) {
    for (const { assignment, reverse, notification, reverseNotification } of steps) {
      if (notification) this.notifications.set(assignment.id, notification);
      if (reverse && reverseNotification) this.notifications.set(reverse.id, reverseNotification);
    }
  }

  /** Takes every step's turn, then hands in the ticket. Answers what went wrong, by assignment; a fault of one keeps no other from its turn. */
  async run(): Promise<DeliveryFault[]> {
    const faults: DeliveryFault[] = [];
    for (const step of this.steps) {
      if (this.handled.has(step.assignment.id)) continue;
      try {
        await (step.operation === 'assign' ? this.process(step.assignment, step.reverse, 0) : this.cleanUp(step));
      } catch (error) {
        if (!(error instanceof UnclassifiedError)) throw error;
        faults.push({ assignmentID: step.assignment.id, message: error.message });
      }
    }
    await finish(this.ctx, this.ticket);
    return faults;
  }

  /** Tells the target of an assignment, and then perhaps its source in return. @throws UnclassifiedError for an answer that cannot be taken */
  async process(copy: FormationAssignmentRecord, reverse: FormationAssignmentRecord | undefined, depth: number): Promise<void> {
    const notification = this.notifications.get(copy.id);
    if (copy.state === 'READY' || !notification) return this.settle(copy);
    const outcome = await this.tell(notification, copy, reverse, 'assign');
    if (outcome.kind === 'accepted') return this.noteSent(copy.id);
    if (outcome.kind === 'technical') return this.fail(copy, 'CREATE_ERROR', outcome.message, 1);
    if (outcome.kind === 'invalid') {
      await this.fail(copy, 'CREATE_ERROR', outcome.message, 2);
      throw new UnclassifiedError(`The provided response is not valid: : ${outcome.message}`);
    }
    const kept = await this.keep(notification, copy, reverse, 'assign', outcome.report);
    const isOver = kept.state.endsWith('_ERROR') || isEmptyConfiguration(kept.configuration) || isLoop(kept);
    if (isOver || !reverse) return;
    this.handled.add(reverse.id);
    if (depth < DEEPEST_EXCHANGE) await this.process(reverse, kept, depth + 1);
  }

  /** Tells the target that the source leaves; the assignment goes when that is accepted. @throws UnclassifiedError for anything else */
  private async cleanUp({ assignment: copy, reverse }: Step): Promise<void> {
    const notification = this.notifications.get(copy.id);
    if (!notification) return this.remove(copy);
    const outcome = await this.tell(notification, copy, reverse, 'unassign');
    if (outcome.kind === 'accepted') return this.noteSent(copy.id);
    if (outcome.kind === 'technical') {
      await this.fail(copy, 'DELETE_ERROR', outcome.message, 1);
      throw new UnclassifiedError(`while sending notification for formation assignment with ID "${copy.id}": ${outcome.message}`);
    }
    if (outcome.kind === 'invalid') {
      await this.fail(copy, 'DELETE_ERROR', outcome.message, 2);
      throw new UnclassifiedError(`The provided response is not valid: : ${outcome.message}`);
    }
    if (outcome.report.state === 'READY') return this.letGo(notification, copy, reverse, outcome.report);
    await this.keep(notification, copy, reverse, 'unassign', outcome.report);
    throw new UnclassifiedError(`Received DELETE_ERROR assignment state and error: ${outcome.report.error ?? ''}`);
  }

  private async tell(
    notification: Notification,
    copy: FormationAssignmentRecord,
    reverse: FormationAssignmentRecord | undefined,
    operation: Operation,
  ): Promise<Outcome> {
    const assignments = { Assignment: assignmentData(copy), ReverseAssignment: assignmentData(reverse) };
    const { webhook, receiver, data } = notification;
    try {
      const answer = await call(this.ctx, {
        webhook,
        data: { ...data, ...assignments },
        subject: assignmentSubject(this.place.formation, copy, operation),
        point: {
          resourceType: receiver.type,
          resourceSubtype: receiver.subtype,
          template: this.place.template,
          handles: { assignment: factsOf(copy, webhook) },
          details: {
            ...receiverDetails(receiver),
            Operation: new NamedText(operation),
            FormationAssignment: constraintAssignmentData(copy, ADDRESS.assignment),
            ReverseFormationAssignment: constraintAssignmentData(reverse, ADDRESS.reverseAssignment),
            Formation: data['Formation'],
          },
        },
      });
      return meaningOf(answer, operation, webhook.mode, copy.state);
    } catch (error) {
      if (error instanceof TechnicalFailure) return { kind: 'technical', message: error.message };
      throw error;
    }
  }

  /** Keeps what the target answered, as the rules before it leave it; what is kept stays, whatever the rules after it say. @throws UnclassifiedError by a rule */
  private async keep(
    notification: Notification,
    copy: FormationAssignmentRecord,
    reverse: FormationAssignmentRecord | undefined,
    operation: Operation,
    answered: StatusReport,
  ): Promise<FormationAssignmentRecord> {
    const subject = { assignment: copy, reverse, operation, report: { ...answered } };
    const { kept, fault } = await this.ctx
      .write(async (call) => {
        await enforceStatusRules(call, 'PRE', this.place, notification, subject);
        const changed = withReport(copy, subject.report);
        const kept = (await storeCopy(call, changed)) ?? changed;
        const fault = await faultOf(enforceStatusRules(call, 'POST', this.place, notification, subject));
        if (!fault && operation === 'assign' && changed.state === 'READY')
          await changeOperations(call, changed.id, (stored) => finishOperation(call, stored));
        return { kept, fault };
      })
      .catch(async (error: unknown) => {
        if (error instanceof UnreadableConfiguration) await this.fail(copy, errorStateOf(operation), error.message, 2);
        throw error;
      });
    if (fault) throw fault;
    return kept;
  }

  /** The target has agreed: the assignment goes, unless a rule before that has changed its word. @throws UnclassifiedError by a rule before it */
  private async letGo(
    notification: Notification,
    copy: FormationAssignmentRecord,
    reverse: FormationAssignmentRecord | undefined,
    answered: StatusReport,
  ): Promise<void> {
    const subject = { assignment: copy, reverse, operation: 'unassign' as const, report: { ...answered } };
    const enforced = (type: 'PRE' | 'POST') => faultOf(enforceStatusRules(this.ctx.call, type, this.place, notification, subject));
    const before = await enforced('PRE');
    const isGone = !before && subject.report.state === 'READY';
    if (isGone) await this.remove(copy);
    const fault = before ?? (await enforced('POST'));
    if (!fault || isGone) return;
    await this.fail(copy, 'DELETE_ERROR', 'error while deleting assignment', 1);
    throw new UnclassifiedError(`while deleting formation assignment with id "${copy.id}": ${fault.message}`);
  }

  /** READY without a call, or READY already. */
  private settle(copy: FormationAssignmentRecord): Promise<void> {
    return this.ctx.write((writing) => settle(writing, copy));
  }

  private async fail(copy: FormationAssignmentRecord, state: string, message: string | undefined, code: 1 | 2): Promise<void> {
    await this.ctx.write((writing) => storeCopy(writing, failed(copy, state, message, code)));
  }

  private remove(copy: FormationAssignmentRecord): Promise<void> {
    return this.ctx.write(async (writing) => writing.tx.delete(formationAssignments, copy.id));
  }

  /** Only a call whose result is still to come leaves its time behind. */
  private noteSent(id: string): Promise<void> {
    return this.ctx.write(async (writing) => {
      const stored = await writing.tx.get(formationAssignments, id);
      if (stored) await writing.tx.put(formationAssignments, { ...stored, lastNotificationSentTimestamp: writing.now() });
    });
  }
}

/** The assignment in error; without a message the former one stays. */
const failed = (copy: FormationAssignmentRecord, state: string, message: string | undefined, code: 1 | 2): FormationAssignmentRecord => ({
  ...copy,
  state,
  ...(message !== undefined && { error: errorText(message, code) }),
});

export interface DeliveryFault {
  readonly assignmentID: string;
  readonly message: string;
}
