/** Label definitions: the names of a tenant's formations under another view (`reference: facts/applications.md 8`). */
import { type Call, tenantOf, type WriteCall } from '../call.ts';
import { notFound, notUnique } from '../errors.ts';
import { type Created, createToTell } from '../formation/lifecycle/create-and-delete.ts';
import type { FormationRecord } from '../formation/records.ts';
import { checkDeletion, requireFormationByName } from '../formation/rules.ts';
import { SCENARIOS } from '../label/rules.ts';
import type { LabelDefinitionInput } from '../schema/types.generated.ts';
import { type LabelDefinitionRecord, labelDefinitions } from './records.ts';
import { scenariosSchema } from './schema-text.ts';

const OBJECT = 'labelDefinition';

export interface LabelDefinition {
  readonly key: string;
  /** JSON text. */
  readonly schema: string;
}

const shown = ({ names }: LabelDefinitionRecord): LabelDefinition => ({ key: SCENARIOS, schema: scenariosSchema(names) });

/** The definition for that key, if the tenant has one. */
export async function findLabelDefinition(call: Call, key: string): Promise<LabelDefinition | undefined> {
  const definition = await call.tx.get(labelDefinitions, tenantOf(call));
  return definition && key === SCENARIOS ? shown(definition) : undefined;
}

/** At most one: that of the formations' names. @throws TenantRequired */
export async function listLabelDefinitions(call: Call): Promise<LabelDefinition[]> {
  const definition = await findLabelDefinition(call, SCENARIOS);
  return definition ? [definition] : [];
}

/** The names that a schema gives; it has been judged by `labelDefinitionFaults`. */
const namesOf = ({ schema }: LabelDefinitionInput): string[] => (JSON.parse(schema ?? '') as { items: { enum: string[] } }).items.enum;

/** @throws NotFound */
export async function requireLabelDefinition(call: Call): Promise<LabelDefinition> {
  const definition = await findLabelDefinition(call, SCENARIOS);
  if (!definition) throw notFound(OBJECT);
  return definition;
}

/** Formations that come and go with the names of a definition: their products are to be told of both. */
export interface Changes {
  readonly made: readonly Created[];
  readonly dropped: readonly FormationRecord[];
}

async function createFormations(call: WriteCall, names: readonly string[]): Promise<Created[]> {
  const created: Created[] = [];
  for (const name of names) created.push(await createToTell(call, { name }));
  return created;
}

/** Creates a formation for each name. @throws NotUnique where the tenant has a definition */
export async function createLabelDefinition(call: WriteCall, input: LabelDefinitionInput): Promise<Changes> {
  if (await findLabelDefinition(call, SCENARIOS)) throw notUnique(OBJECT);
  return { made: await createFormations(call, namesOf(input)), dropped: [] };
}

/**
 * Creates formations for new names; those whose names are gone are to be deleted. Another order alone changes nothing.
 * @throws NotFound, UnclassifiedError for a formation in use
 */
export async function updateLabelDefinition(call: WriteCall, input: LabelDefinitionInput): Promise<Changes> {
  const definition = await call.tx.get(labelDefinitions, tenantOf(call));
  if (!definition) throw notFound(OBJECT);
  const names = namesOf(input);
  const made = await createFormations(
    call,
    names.filter((name) => !definition.names.includes(name)),
  );
  const dropped: FormationRecord[] = [];
  for (const name of definition.names) if (!names.includes(name)) dropped.push(await requireFormationByName(call, name));
  // before anybody is told of anything
  for (const formation of dropped) await checkDeletion(call, formation);
  return { made, dropped };
}
