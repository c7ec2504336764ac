/** Which assignments are told to their targets, and in which order (`reference: facts/formations.md 7 and 8`). */
import type { Call } from '../call.ts';
import { UnclassifiedError } from '../errors.ts';
import type { FormationAssignmentRecord, ParticipantKind } from '../formation-assignment/records.ts';
import { enforce } from '../formation-constraint/enforce.ts';
import { typeOf } from '../formation/participants/eligibility.ts';
import type { Place } from '../formation/place.ts';
import type { Participant } from '../formation/participants/participants.ts';
import { webhookOwnerKey, type WebhookOwnerKind, type WebhookRecord, webhooks } from '../webhook/records.ts';
import { DataLoader } from './templates/data.ts';
import type { Notification, Operation, Receiver, Step } from './notification.ts';
import { assignmentData, receiverDetails } from './templates/objects.ts';

async function webhookOf(call: Call, kind: WebhookOwnerKind, id: string | undefined, type: string): Promise<WebhookRecord | undefined> {
  return id === undefined ? undefined : (await call.tx.find(webhooks, 'ownerAndType', `${webhookOwnerKey(kind, id)}|${type}`))[0];
}

async function webhookFor(call: Call, source: ParticipantKind, target: Participant): Promise<WebhookRecord | undefined> {
  if (target.kind === 'APPLICATION') {
    const type = source === 'APPLICATION' ? 'APPLICATION_TENANT_MAPPING' : 'CONFIGURATION_CHANGED';
    return (
      (await webhookOf(call, 'application', target.record.id, type)) ??
      (await webhookOf(call, 'applicationTemplate', target.record.applicationTemplateID, type))
    );
  }
  if (source !== 'APPLICATION') return undefined;
  return webhookOf(call, 'runtime', target.kind === 'RUNTIME' ? target.record.id : target.record.runtimeID, 'CONFIGURATION_CHANGED');
}

const receiverOf = async (call: Call, target: Participant): Promise<Receiver> => ({
  type: target.kind,
  subtype: (await typeOf(call, target)) ?? '',
});

/** Whom rules take for the receiver before anything is sent: when a system comes or goes, a context counts as its runtime. */
const generatedFor = (target: Participant, moved: ParticipantKind | undefined): { readonly type: ParticipantKind; readonly id: string } =>
  target.kind === 'RUNTIME_CONTEXT' && moved === 'APPLICATION'
    ? { type: 'RUNTIME', id: target.record.runtimeID }
    : { type: target.kind, id: target.record.id };

/** What rules may name whatever the kind of a notification; only some of it is there in each. */
const NO_OBJECTS = {
  SourceApplicationTemplate: null,
  SourceApplication: null,
  TargetApplicationTemplate: null,
  TargetApplication: null,
  ApplicationTemplate: null,
  Application: null,
  Runtime: null,
  RuntimeContext: null,
  Assignment: null,
  ReverseAssignment: null,
};

/** Finds the notifications of assignments of one formation. */
export class Planner {
  private readonly loader: DataLoader;

  /** `moved`: kind of the object that is assigned or unassigned, if one is. */
  constructor(
    private readonly call: Call,
    private readonly place: Place,
    private readonly moved?: ParticipantKind,
  ) {
    this.loader = new DataLoader(call, place);
  }

  /** What constraints about a report of the target are matched with and may name; a target that is gone has no subtype. */
  async reporterOf(assignment: FormationAssignmentRecord, operation: Operation): Promise<Omit<Notification, 'webhook'>> {
    const target = await this.loader.participant(assignment.targetType, assignment.target);
    const receiver = target ? await receiverOf(this.call, target) : { type: assignment.targetType, subtype: '' };
    return { receiver, data: await this.loader.dataOf(assignment, operation) };
  }

  /** While an object comes or goes rules see empty assignments, else those that there are. Undefined where nobody is to be told: no webhook, or a constraint that forbids it. */
  async notificationOf(
    assignment: FormationAssignmentRecord,
    reverse: FormationAssignmentRecord | undefined,
    operation: Operation,
  ): Promise<Notification | undefined> {
    const target = await this.loader.participant(assignment.targetType, assignment.target);
    const webhook = target && (await webhookFor(this.call, assignment.sourceType, target));
    if (!webhook) return undefined;
    const receiver = await receiverOf(this.call, target);
    const { type, id } = generatedFor(target, this.moved);
    const data = await this.loader.dataOf(assignment, operation);
    const point = {
      operation: 'GENERATE_FORMATION_ASSIGNMENT_NOTIFICATION',
      resourceType: type,
      resourceSubtype: receiver.subtype,
      template: this.place.template,
      details: {
        ...NO_OBJECTS,
        ...data,
        ...receiverDetails({ ...receiver, type }),
        ResourceID: id,
        Assignment: assignmentData(this.moved ? undefined : assignment),
        ReverseAssignment: assignmentData(this.moved ? undefined : reverse),
        FormationTemplateID: this.place.template.id,
        TenantID: this.place.formation.tenant,
      },
    };
    try {
      await enforce(this.call, 'PRE', point);
      await enforce(this.call, 'POST', point);
    } catch (error) {
      if (error instanceof UnclassifiedError) return undefined;
      throw error;
    }
    return { webhook, receiver, data };
  }

  async step(assignment: FormationAssignmentRecord, reverse: FormationAssignmentRecord | undefined, operation: Operation): Promise<Step> {
    const notification = await this.notificationOf(assignment, reverse, operation);
    return {
      assignment,
      reverse,
      operation,
      notification,
      reverseNotification: reverse && (await this.notificationOf(reverse, assignment, operation)),
    };
  }
}

const rank = ({ notification }: Step): number => (!notification ? 0 : notification.webhook.mode === 'ASYNC_CALLBACK' ? 2 : 1);

/** Those that tell nobody, then those that are answered at once, then those that are answered later. */
export const inTurn = (steps: readonly Step[]): Step[] => [...steps].sort((a, b) => rank(a) - rank(b));
