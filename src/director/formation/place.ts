import type { Call } from '../call.ts';
import type { FormationTemplateRecord } from '../formation-template/records.ts';
import type { FormationRecord } from './records.ts';
import { templateOf } from './rules.ts';

/** A formation with its template, which everything about its participants needs. */
export interface Place {
  readonly formation: FormationRecord;
  readonly template: FormationTemplateRecord;
}

export const placeOf = async (call: Call, formation: FormationRecord): Promise<Place> => ({
  formation,
  template: await templateOf(call, formation),
});
