/** Applications made of a template (`reference: facts/applications.md 6`). */
import { createHash } from 'node:crypto';
import { registerInputFaults } from '../application/input.ts';
import type { ApplicationRecord } from '../application/records.ts';
import { registerApplication } from '../application/rules.ts';
import type { Call, WriteCall } from '../call.ts';
import { DirectorError, invalidData, invalidOperation } from '../errors.ts';
import type { Labels } from '../label/records.ts';
import { valueTokens } from '../label/tokens.ts';
import type { ApplicationFromTemplateInput, ApplicationJsonInput } from '../schema/types.generated.ts';
import { inputError } from '../validation.ts';
import { PROVIDER_LABEL } from './labels.ts';
import { parsePayload, payloadValue } from './payload.ts';
import { fillPlaceholders } from './placeholders.ts';
import { type ApplicationTemplateRecord, applicationTemplates } from './records.ts';

/** Templates that the caller provides itself come first; then the one that nobody provides, or the one that is named by its id. */
async function candidates(call: Call, name: string, id: string | undefined): Promise<readonly ApplicationTemplateRecord[]> {
  const consumer = call.caller.consumer.id;
  const provided = consumer === '' ? [] : await call.tx.find(applicationTemplates, 'label', valueTokens(PROVIDER_LABEL, consumer)[0]!);
  const own = provided.filter((template) => (id === undefined ? template.name === name : template.id === id));
  // One provider may have several of a name, in as many regions.
  if (own.length > 0) return own.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)).slice(0, 1);
  const named = await call.tx.find(applicationTemplates, 'name', name);
  return named.filter((template) => (id === undefined ? !Object.hasOwn(template.labels, PROVIDER_LABEL) : template.id === id));
}

/** @throws NotFound, InvalidOperation where the name does not tell which */
async function templateFor(call: Call, input: ApplicationFromTemplateInput): Promise<ApplicationTemplateRecord> {
  const id = input.id ?? undefined;
  const [template, ...more] = await candidates(call, input.templateName, id);
  if (more.length > 0)
    throw invalidOperation(`unexpected number of application templates. found ${more.length + 1}`, 'applicationTemplate');
  if (template) return template;
  const consumer = `REDACTED_${createHash('sha256').update(call.caller.consumer.id).digest('hex')}`;
  const sought = `application template with ${id === undefined ? '' : `id ${id} and `}name "${input.templateName}" and consumer id ${consumer}`;
  throw new DirectorError('NotFound', { object: 'applicationTemplate' }, `Object not found: ${sought} not found`);
}

type Values = Readonly<Record<string, string>>;

/** A value stands inside of JSON texts: what would end or bend the text is refused, escapes mean what they mean there. */
function asJsonText(name: string, value: string): string {
  try {
    return JSON.parse(`"${value}"`) as string;
  } catch {
    throw invalidData(`the value of placeholder "${name}" cannot stand in a JSON text`);
  }
}

function checkReserved(values: Values): void {
  if ((values['provider'] ?? '').split(/\s+/).includes('SAP'))
    throw invalidOperation('the value of placeholder "provider" must not name SAP');
  if ((values['application-type'] ?? '').slice(0, 4).trim() === 'SAP')
    throw invalidOperation('the value of placeholder "application-type" must not begin with SAP');
}

/** The template's application input with a value for each of its placeholders. @throws InvalidData, also of ApplicationRegisterInput */
export function filledInput(
  template: ApplicationTemplateRecord,
  valueOf: (placeholder: ApplicationTemplateRecord['placeholders'][number]) => string,
): ApplicationJsonInput {
  const values = Object.fromEntries(
    template.placeholders.map((placeholder) => [placeholder.name, asJsonText(placeholder.name, valueOf(placeholder))]),
  );
  checkReserved(values);
  const input = fillPlaceholders(template.applicationInput as unknown as ApplicationJsonInput, values);
  const faults = registerInputFaults(input);
  if (faults) throw inputError('ApplicationRegisterInput', faults);
  return input;
}

/** Registers what a template was filled to, with these labels on top of its own. Refused as any registration is. */
export const registerFilled = (
  call: WriteCall,
  template: ApplicationTemplateRecord,
  input: ApplicationJsonInput,
  labels: Labels,
  tenant?: string,
): Promise<ApplicationRecord> =>
  registerApplication(
    call,
    { ...input, labels: { ...input.labels, ...labels } },
    { applicationTemplateID: template.id, keepManaged: true, ...(tenant === undefined ? {} : { tenant }) },
  );

function givenValues(input: ApplicationFromTemplateInput): (placeholder: ApplicationTemplateRecord['placeholders'][number]) => string {
  if (input.placeholdersPayload !== undefined && input.placeholdersPayload !== null) {
    const payload = parsePayload(input.placeholdersPayload);
    return (placeholder) => payloadValue(payload, placeholder);
  }
  const values = new Map((input.values ?? []).flatMap((value) => (value ? [[value.placeholder, value.value] as const] : [])));
  return ({ name, optional }) => {
    const value = values.get(name) ?? (optional ? '' : undefined);
    if (value === undefined) throw invalidData(`required placeholder not provided: value for placeholder name '${name}' not found`);
    return value;
  };
}

export async function registerApplicationFromTemplate(call: WriteCall, input: ApplicationFromTemplateInput): Promise<ApplicationRecord> {
  const template = await templateFor(call, input);
  return registerFilled(call, template, filledInput(template, givenValues(input)), input.labels ?? {});
}
