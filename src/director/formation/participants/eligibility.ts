/** What an object must be to take part in a formation (`reference: facts/formations.md 8`). */
import type { Call } from '../../call.ts';
import { invalidOperation, notFound, unclassified } from '../../errors.ts';
import type { ParticipantKind } from '../../formation-assignment/records.ts';
import type { FormationTemplateRecord } from '../../formation-template/records.ts';
import { runtimes } from '../../runtime/records.ts';
import { requireTenantByExternalID } from '../../tenant/rules.ts';
import { type Participant, participantSeenBy } from './participants.ts';
import type { Place } from '../place.ts';

export type ObjectType = ParticipantKind | 'TENANT';

const NOT_FOUND = { APPLICATION: 'application', RUNTIME: 'runtime', RUNTIME_CONTEXT: 'runtimeContext' };
const TYPE_LABEL = { APPLICATION: 'applicationType', RUNTIME: 'runtimeType', RUNTIME_CONTEXT: 'runtimeType' };

/** Type of a system, or of a runtime or the one that a context belongs to; undefined where nobody gave it one. */
export async function typeOf(call: Call, { kind, record }: Participant): Promise<string | undefined> {
  const holder = kind === 'RUNTIME_CONTEXT' ? await call.tx.get(runtimes, record.runtimeID) : record;
  const type = holder?.labels[TYPE_LABEL[kind]];
  return typeof type === 'string' ? type : undefined;
}

/** What constraints know the object's kind by; `''` for unknown systems and runtimes. @throws NotFound for an unknown tenant or context */
export async function subtypeOf(call: Call, tenant: string, type: ObjectType, id: string): Promise<string> {
  if (type === 'TENANT') return (await requireTenantByExternalID(call, id)).type;
  const participant = await participantSeenBy(call, type, id, tenant);
  if (!participant && type === 'RUNTIME_CONTEXT') throw notFound(NOT_FOUND[type]);
  return (participant && (await typeOf(call, participant))) ?? '';
}

const takesRuntimes = ({ runtimeTypes, runtimeTypeDisplayName, runtimeArtifactKind }: FormationTemplateRecord) =>
  (runtimeTypes ?? []).length > 0 || runtimeTypeDisplayName !== undefined || runtimeArtifactKind !== undefined;

/** @throws UnclassifiedError for anything but systems where the formation's type is for systems alone */
export function checkSupported({ formation, template }: Place, type: ObjectType): void {
  if (type !== 'APPLICATION' && !takesRuntimes(template))
    throw unclassified(`Formation "${formation.name}" of type "${template.name}" does not support resources of type "${type}"`);
}

/** Whether runtimes of that type may be in formations of the template. */
export const allowsRuntimeType = (template: FormationTemplateRecord, type: unknown): boolean =>
  (template.runtimeTypes ?? []).some((allowed) => allowed === type);

/**
 * The object, if it may take part.
 * @throws NotFound if the tenant does not see it or it has no type, InvalidOperation for a type that the template does not list
 */
export async function requireEligible(call: Call, { formation, template }: Place, kind: ParticipantKind, id: string): Promise<Participant> {
  const participant = await participantSeenBy(call, kind, id, formation.tenant);
  if (!participant) throw notFound(NOT_FOUND[kind]);
  const type = await typeOf(call, participant);
  if (type === undefined) throw notFound(kind === 'APPLICATION' ? 'applicationLabel' : 'runtimeLabel');
  const allowed = kind === 'APPLICATION' ? template.applicationTypes : (template.runtimeTypes ?? []);
  if (!allowed.includes(type)) {
    const list = allowed.map((name) => JSON.stringify(name)).join(' ');
    throw invalidOperation(`unsupported ${TYPE_LABEL[kind]} "${type}" for formation template "${template.name}", allowing only [${list}]`);
  }
  if (participant.kind === 'APPLICATION' && participant.record.deletedAt !== undefined)
    throw invalidOperation(`application with ID "${id}" is currently being deleted`);
  if (participant.kind === 'APPLICATION' && !participant.record.ready) throw invalidOperation(`application with ID "${id}" is not ready`);
  return participant;
}
