/** Formation constraints: rules about formations, and which formation templates they are attached to (`reference: facts/formations.md 11`). */
import type { Call, WriteCall } from '../call.ts';
import { invalidOperation, notFound, notUnique, REFERRED_MISSING, unclassified } from '../errors.ts';
import { type FormationTemplateRecord, formationTemplates } from '../formation-template/records.ts';
import type { ConstraintReference, FormationConstraintInput, FormationConstraintUpdateInput } from '../schema/types.generated.ts';
import { inputError } from '../validation.ts';
import { checkInputTemplate, descriptionFault } from './input.ts';
import { type FormationConstraintRecord, formationConstraints } from './records.ts';

const OBJECT = 'formationConstraint';
const REFERENCE = 'formationTemplateConstraintReference';

/** All of the installation: constraints belong to no tenant. */
export const listConstraints = (call: Call) => call.tx.find(formationConstraints, 'all', 'all');

/** @throws UnclassifiedError for an unknown id: the field is non-null */
export async function requireConstraint(call: Call, id: string): Promise<FormationConstraintRecord> {
  const constraint = await call.tx.get(formationConstraints, id);
  if (!constraint) throw unclassified('the requested element is null which the schema does not allow');
  return constraint;
}

/** Attached ones in the order of attaching, then all GLOBAL ones; of an unknown template only the GLOBAL ones. */
export async function constraintsOfTemplate(call: Call, templateId: string): Promise<readonly FormationConstraintRecord[]> {
  const template = await call.tx.get(formationTemplates, templateId);
  const attached = await call.tx.getMany(formationConstraints, template?.constraints ?? []);
  const global = await call.tx.find(formationConstraints, 'scope', 'GLOBAL');
  return [
    ...new Map(
      [...attached.filter((constraint) => constraint !== undefined), ...global].map((constraint) => [constraint.id, constraint]),
    ).values(),
  ];
}

export async function createConstraint(call: WriteCall, input: FormationConstraintInput): Promise<FormationConstraintRecord> {
  const { description, priority, ...rest } = input;
  const constraint: FormationConstraintRecord = {
    ...rest,
    id: call.newId(),
    description: description ?? '',
    priority: priority ?? 0,
    createdAt: call.now(),
  };
  await call.tx.put(formationConstraints, constraint);
  return constraint;
}

async function requireKnown(call: Call, id: string): Promise<FormationConstraintRecord> {
  const constraint = await call.tx.get(formationConstraints, id);
  if (!constraint) throw notFound(OBJECT);
  return constraint;
}

/** What is left out keeps its value. @throws NotFound, InvalidData for a template or description that does not fit */
export async function updateConstraint(
  call: WriteCall,
  id: string,
  input: FormationConstraintUpdateInput,
): Promise<FormationConstraintRecord> {
  const stored = await requireKnown(call, id);
  if (input.inputTemplate === '') throw unclassified('inputTemplate: cannot be blank.');
  const constraint: FormationConstraintRecord = {
    ...stored,
    inputTemplate: input.inputTemplate,
    priority: input.priority ?? stored.priority,
    description: input.description ?? stored.description,
  };
  checkInputTemplate(constraint);
  const description = descriptionFault(input.description);
  if (description) throw inputError('FormationConstraintUpdateInput', { description });
  await call.tx.put(formationConstraints, constraint);
  return constraint;
}

/** @throws NotFound; UnclassifiedError while it is attached */
export async function deleteConstraint(call: WriteCall, id: string): Promise<FormationConstraintRecord> {
  const constraint = await requireKnown(call, id);
  const users = await call.tx.find(formationTemplates, 'constraint', id);
  if (users.length > 0)
    throw unclassified(
      `cannot delete Formation Constraint with ID ${id} because it is used by Formation Templates with IDs [${users.map((template) => template.id).join(' ')}]`,
    );
  await call.tx.delete(formationConstraints, id);
  return constraint;
}

const putConstraints = (call: WriteCall, template: FormationTemplateRecord, constraints: readonly string[]) =>
  call.tx.put(formationTemplates, { ...template, constraints });

/** @throws InvalidOperation for an unknown constraint or template, NotUnique if it is attached already */
export async function attachConstraint(call: WriteCall, reference: ConstraintReference): Promise<ConstraintReference> {
  const template = await call.tx.get(formationTemplates, reference.formationTemplateID);
  if (!template || !(await call.tx.get(formationConstraints, reference.constraintID))) throw invalidOperation(REFERRED_MISSING, REFERENCE);
  if (template.constraints.includes(reference.constraintID)) throw notUnique(REFERENCE);
  await putConstraints(call, template, [...template.constraints, reference.constraintID]);
  return reference;
}

/** @throws NotFound if it is not attached */
export async function detachConstraint(call: WriteCall, reference: ConstraintReference): Promise<ConstraintReference> {
  const template = await call.tx.get(formationTemplates, reference.formationTemplateID);
  if (!template?.constraints.includes(reference.constraintID)) throw notFound(REFERENCE);
  await putConstraints(
    call,
    template,
    template.constraints.filter((id) => id !== reference.constraintID),
  );
  return reference;
}
