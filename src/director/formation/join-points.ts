/** What constraints are told at the join points around a formation and its participants (`reference: facts/formations.md 11`). */
import type { JoinPoint } from '../formation-constraint/enforce.ts';
import type { FormationTemplateRecord } from '../formation-template/records.ts';
import type { FormationRecord } from './records.ts';

export const formationJoinPoint = (
  operation: 'CREATE_FORMATION' | 'DELETE_FORMATION',
  template: FormationTemplateRecord,
  formation: Pick<FormationRecord, 'name' | 'tenant'>,
): JoinPoint => ({
  operation,
  resourceType: 'FORMATION',
  resourceSubtype: template.name,
  template,
  details: { FormationType: template.name, FormationTemplateID: template.id, FormationName: formation.name, TenantID: formation.tenant },
});

export interface MovedObject {
  readonly type: string;
  readonly subtype: string;
  /** As the request names it: of a tenant the external id. */
  readonly id: string;
}

export const participantJoinPoint = (
  operation: 'ASSIGN_FORMATION' | 'UNASSIGN_FORMATION',
  template: FormationTemplateRecord,
  formation: FormationRecord,
  object: MovedObject,
): JoinPoint => ({
  operation,
  resourceType: object.type,
  resourceSubtype: object.subtype,
  template,
  details: {
    ResourceType: object.type,
    ResourceSubtype: object.subtype,
    ResourceID: object.id,
    FormationType: template.name,
    FormationTemplateID: template.id,
    FormationID: formation.id,
    ...(operation === 'ASSIGN_FORMATION' && { FormationName: formation.name }),
    TenantID: formation.tenant,
  },
});
