/** Label definitions: the names of a tenant's formations under another view (`reference: facts/applications.md 8`). */
import { type Call, tenantOf, type WriteCall } from '../call.ts';
import { notFound, notUnique } from '../errors.ts';
import { type Created, createToTell } from '../formation/lifecycle/create-and-delete.ts';
import { deleteFormation, requireFormationByName } from '../formation/rules.ts';
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

async function createFormations(call: WriteCall, names: readonly string[]): Promise<Created[]> {
  const created: Created[] = [];
  for (const name of names) created.push(await createToTell(call, { name }));
  return created;
}

/** Creates a formation for each name, which are to be told of. @throws NotUnique where the tenant has a definition */
export async function createLabelDefinition(call: WriteCall, input: LabelDefinitionInput): Promise<Created[]> {
  if (await findLabelDefinition(call, SCENARIOS)) throw notUnique(OBJECT);
  return createFormations(call, namesOf(input));
}

/**
 * Creates formations for new names, which are to be told of, and deletes those whose names are gone; another order alone changes nothing.
 * @throws NotFound, UnclassifiedError for a formation in use
 */
export async function updateLabelDefinition(call: WriteCall, input: LabelDefinitionInput): Promise<Created[]> {
  const definition = await call.tx.get(labelDefinitions, tenantOf(call));
  if (!definition) throw notFound(OBJECT);
  const names = namesOf(input);
  const created = await createFormations(
    call,
    names.filter((name) => !definition.names.includes(name)),
  );
  for (const name of definition.names) if (!names.includes(name)) await deleteFormation(call, await requireFormationByName(call, name));
  return created;
}
