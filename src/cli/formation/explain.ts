/** What a formation waits for, in sentences: who, since when, why, and what to do about it. */
import type { Delivery } from '../../client/notifications.ts';
import { type Assignment, isLoop, type Progress } from './progress.ts';

export interface Finding {
  /** Undefined where it is about the formation itself. */
  readonly assignmentID: string | null;
  readonly source: string | null;
  readonly target: string | null;
  readonly state: string;
  /** ISO 8601; null where nobody knows. */
  readonly since: string | null;
  readonly what: string;
  readonly why: string;
  readonly todo: string;
}

export interface Circumstances {
  /** Of each unfinished assignment, what was last sent or reported; nothing where the Compass does not tell. */
  readonly last: ReadonlyMap<string, Delivery>;
  readonly now: Date;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Such as `3 minutes ago`. */
export function ago(since: string | null, now: Date): string {
  if (since === null) return 'at an unknown time';
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(since)) / 1000));
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? ['second', 1];
  const amount = Math.floor(seconds / size);
  return `${amount} ${unit}${amount === 1 ? '' : 's'} ago`;
}

/** What was sent and came back, in half a sentence. */
function heard(delivery: Delivery | undefined): string {
  if (!delivery) return '';
  if (delivery.kind === 'report')
    return ` Its last report (${delivery.answer?.state || 'without a state'}) was answered with ${delivery.response?.status ?? 0}.`;
  const call = delivery.request ? `${delivery.request.method} ${delivery.request.url}` : 'The call';
  if (delivery.response) return ` ${call} was answered with ${delivery.response.status} in ${delivery.duration} ms.`;
  return ` ${call} got no answer.`;
}

const showing = (delivery: Delivery | undefined) => (delivery ? ` \`compass notification show ${delivery.id}\` has the whole call.` : '');

type Words = Pick<Finding, 'what' | 'why' | 'todo'>;

function notTold(assignment: Assignment, progress: Progress): Words {
  const { targetName, sourceName, state } = assignment;
  const what =
    state === 'DELETING'
      ? `${targetName} is to be told that ${sourceName} leaves.`
      : `${targetName} has not been told about ${sourceName} yet.`;
  const { formation } = progress;
  if (formation.state !== 'READY')
    return {
      what,
      why: `Formation ${formation.name} is ${formation.state}: participants are told when it is READY.`,
      todo: 'See what the formation itself waits for.',
    };
  return {
    what,
    why: 'The call is under way, or the plane was stopped before it could be made; the next start makes it.',
    todo: `If it stays so, \`compass formation resync ${formation.name}\` calls again.`,
  };
}

function accepted(assignment: Assignment, { formation }: Progress, delivery: Delivery | undefined, now: Date): Words {
  const { targetName, sourceName, lastNotificationSentTimestamp: sent, state, id } = assignment;
  const leaves = state === 'DELETING';
  return {
    what: leaves
      ? `${targetName} was told ${ago(sent, now)} that ${sourceName} leaves, and has not agreed yet.`
      : `${targetName} was told about ${sourceName} ${ago(sent, now)}, and has not reported yet.`,
    why: `Its webhook answers later (ASYNC_CALLBACK): the call was accepted, the result comes by the status API.${heard(delivery)}`,
    todo: `${targetName} must report: PATCH /v1/businessIntegrations/${formation.id}/assignments/${id}/status with {"state":"READY"}. If it lost the call, \`compass formation resync ${formation.name}\` repeats it.${showing(delivery)}`,
  };
}

function pending(assignment: Assignment, progress: Progress, delivery: Delivery | undefined): Words {
  const { targetName, sourceName, source, target } = assignment;
  const { formation } = progress;
  const reverse = progress.assignments.find((other) => other.source === target && other.target === source);
  const what = `${targetName} knows about ${sourceName}, and needs configuration from ${sourceName} before it is done.`;
  if (!reverse || isLoop(assignment))
    return { what, why: `Nobody is asked for that configuration.${heard(delivery)}`, todo: `${targetName} must report READY by itself.` };
  if (reverse.state === 'READY')
    return {
      what,
      why: `${sourceName} is READY about ${targetName}${reverse.configuration === null ? ' and gave no configuration' : ', and what it gave was not enough'}.${heard(delivery)}`,
      todo: `${sourceName} must report its configuration, or ${targetName} READY; \`compass formation resync ${formation.name} --reset\` begins anew.${showing(delivery)}`,
    };
  return {
    what,
    why: `${sourceName} itself is ${reverse.state} about ${targetName}.${heard(delivery)}`,
    todo: `See what is said about ${sourceName} and ${targetName}: ${targetName} is called again when ${sourceName} answers with configuration.`,
  };
}

const technical = (message: string): string => {
  if (/connection refused|no such host|EOF/.test(message))
    return 'Nothing answers there: start the receiver, or correct the address of the webhook';
  if (/no answer within/.test(message)) return 'The receiver did not answer in time: see why it is slow';
  if (/template|unable to parse/.test(message))
    return 'A template of the webhook does not fit: try it with `compass formation-template test`';
  if (/status code was not met|gone response/.test(message))
    return 'The receiver answered with a status that the output template does not expect';
  return 'See to the receiver';
};

function failed(assignment: Assignment, { formation }: Progress, delivery: Delivery | undefined): Words {
  const { targetName, sourceName, state, fault } = assignment;
  const said = fault?.message || 'no reason was given';
  const again =
    delivery?.kind === 'notification' ? `\`compass notification resend ${delivery.id}\`` : `\`compass formation resync ${formation.name}\``;
  return {
    what:
      state === 'DELETE_ERROR' ? `${sourceName} could not leave ${targetName}.` : `${targetName} could not be set up for ${sourceName}.`,
    why: `${fault?.errorCode === 1 ? 'The call failed' : `${targetName} said`}: ${said}.${heard(delivery)}`.replace(/\.\.( |$)/, '.$1'),
    todo: `${fault?.errorCode === 1 ? technical(said) : `Mend it at ${targetName}`}; then ${again} tries again.${showing(delivery)}`,
  };
}

function wordsFor(assignment: Assignment, progress: Progress, { last, now }: Circumstances): Words {
  const delivery = last.get(assignment.id);
  if (assignment.state.endsWith('_ERROR')) return failed(assignment, progress, delivery);
  if (assignment.state === 'CONFIG_PENDING') return pending(assignment, progress, delivery);
  const isSent =
    assignment.lastNotificationSentTimestamp !== null || (delivery?.kind === 'notification' && delivery.response !== undefined);
  return isSent ? accepted(assignment, progress, delivery, now) : notTold(assignment, progress);
}

function aboutFormation({ formation, assignments }: Progress): Finding | undefined {
  const finding = (what: string, why: string, todo: string): Finding => ({
    assignmentID: null,
    source: null,
    target: null,
    state: formation.state,
    since: formation.lastStateChangeTimestamp ?? null,
    what,
    why,
    todo,
  });
  const { name, state, error } = formation;
  if (state === 'DRAFT')
    return finding(
      `Formation ${name} is a draft with ${new Set(assignments.map(({ target }) => target)).size} participants.`,
      'Nobody is told about a draft.',
      `\`compass formation finalize ${name}\` takes it into use.`,
    );
  if (state === 'INITIAL' || state === 'DELETING')
    return finding(
      `Formation ${name} waits for its leading product.`,
      `The product was told that the formation is ${state === 'INITIAL' ? 'created' : 'deleted'}, and has not reported yet.`,
      `The product must report: PATCH /v1/businessIntegrations/${formation.id}/status with {"state":"READY"}; \`compass formation resync ${name}\` tells it again.`,
    );
  if (state.endsWith('_ERROR'))
    return finding(
      `The leading product of formation ${name} failed to ${state === 'CREATE_ERROR' ? 'create' : 'delete'} it.`,
      `It said: ${error?.message || 'nothing'}.`,
      `Mend it there; then \`compass formation resync ${name}\` tries again.`,
    );
  return undefined;
}

/** What is not done yet, the formation itself first. Nothing where everything is READY. */
export function explain(progress: Progress, circumstances: Circumstances): Finding[] {
  const own = aboutFormation(progress);
  if (progress.formation.state === 'DRAFT') return [own!];
  const unfinished = progress.assignments.filter(({ state }) => state !== 'READY');
  return [
    ...(own ? [own] : []),
    ...unfinished.map((assignment) => ({
      assignmentID: assignment.id,
      source: assignment.sourceName,
      target: assignment.targetName,
      state: assignment.state,
      since: assignment.lastStateChangeTimestamp ?? assignment.operation?.startedAtTimestamp ?? null,
      ...wordsFor(assignment, progress, circumstances),
    })),
  ];
}
