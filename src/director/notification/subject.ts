/** What records of deliveries say about whom they concern. */
import type { FormationAssignmentRecord } from '../formation-assignment/records.ts';
import type { FormationRecord } from '../formation/records.ts';
import type { DeliverySubject } from './deliveries/deliveries.ts';

export const formationSubject = ({ id, name, tenant }: FormationRecord, operation: string): DeliverySubject => ({
  formationID: id,
  formationName: name,
  tenant,
  operation,
});

export const assignmentSubject = (
  formation: FormationRecord,
  { id, source, sourceType, target, targetType }: FormationAssignmentRecord,
  operation: string,
): DeliverySubject => ({ ...formationSubject(formation, operation), assignmentID: id, source, sourceType, target, targetType });
