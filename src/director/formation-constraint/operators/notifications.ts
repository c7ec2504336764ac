/** Operators about notifications: whether they are made, where they go, and what their answers mean. */
import { applications } from '../../application/records.ts';
import type { Call } from '../../call.ts';
import { formationTemplates } from '../../formation-template/records.ts';
import { runtimes } from '../../runtime/records.ts';
import { runtimeContexts } from '../../runtime-context/records.ts';
import { handleOf, type Operator, OperatorError, type OperatorInput, textOf, textsOf } from './operator.ts';

/** Type of the system or runtime that the notification is about. */
async function sourceSubtype(call: Call, input: OperatorInput): Promise<unknown> {
  const id = textOf(input, 'source_resource_id');
  switch (textOf(input, 'source_resource_type')) {
    case 'APPLICATION':
      return (await call.tx.get(applications, id))?.labels['applicationType'];
    case 'RUNTIME':
      return (await call.tx.get(runtimes, id))?.labels['runtimeType'];
    case 'RUNTIME_CONTEXT': {
      const context = await call.tx.get(runtimeContexts, id);
      return context && (await call.tx.get(runtimes, context.runtimeID))?.labels['runtimeType'];
    }
    default:
      return undefined;
  }
}

const isAmong = async (call: Call, input: OperatorInput, field: string) =>
  textsOf(input, field).includes(String(await sourceSubtype(call, input)));

/** Satisfied, so that a notification is made, for excepted types of formations and of sources alone. */
export const doNotGenerateNotification: Operator = async (call, input) => {
  const formationTypes = textsOf(input, 'except_formation_types');
  if (formationTypes.length > 0) {
    const template = await call.tx.get(formationTemplates, textOf(input, 'formation_template_id'));
    if (template && formationTypes.includes(template.name)) return true;
  }
  return isAmong(call, input, 'except_subtypes');
};

/** The same, but only where source and receiver are one object. */
export const doNotGenerateNotificationForLoops: Operator = (call, input, handles) =>
  textOf(input, 'resource_id') === textOf(input, 'source_resource_id') &&
  textOf(input, 'resource_type') === textOf(input, 'source_resource_type')
    ? doNotGenerateNotification(call, input, handles)
    : true;

/** Replaces state and configuration of an answer, for some types of sources or for all; always satisfied. */
export const configMutator: Operator = async (call, input, handles) => {
  if (textsOf(input, 'only_for_source_subtypes').length > 0 && !(await isAmong(call, input, 'only_for_source_subtypes'))) return true;
  const report = handleOf(input, 'notification_status_report_memory_address', handles, 'report');
  const state = input['state'] as string | undefined;
  if (state) {
    report.state = state;
    if (!state.endsWith('_ERROR')) report.error = undefined;
  }
  const configuration = input['modified_configuration'] as string | undefined;
  if (configuration !== undefined) report.configuration = configuration;
  return true;
};

interface Destinations {
  readonly destinations?: unknown;
  readonly credentials?: {
    readonly inboundCommunication?: Readonly<Record<string, { readonly destinations?: unknown } | null>> | null;
  } | null;
}

const isFilledList = (value: unknown) => Array.isArray(value) && value.length > 0;

/** Whether the configuration lists destinations: those that are made as they are, or those that wait for credentials. */
function asksForDestinations(configuration: string | undefined): boolean {
  try {
    const { destinations, credentials } = (JSON.parse(configuration ?? 'null') ?? {}) as Destinations;
    return (
      isFilledList(destinations) || Object.values(credentials?.inboundCommunication ?? {}).some((way) => isFilledList(way?.destinations))
    );
  } catch {
    return false;
  }
}

/** Destinations are kept by a service outside of the plane, which ours has none of: satisfied where a configuration asks for none. */
export const destinationCreator: Operator = (_, input, handles) => {
  const operation = textOf(input, 'operation');
  if (operation !== 'assign' && operation !== 'unassign')
    throw new OperatorError(`The formation operation is invalid: "${operation}". It should be either "assign" or "unassign"`);
  const { configuration } = handleOf(input, 'formation_assignment_memory_address', handles, 'assignment');
  if (operation === 'assign' && asksForDestinations(handles.report?.configuration ?? configuration))
    throw new OperatorError('no destination service is configured');
  return true;
};

/** Sends the call elsewhere; an address that is not given stays. Always satisfied. */
export const redirectNotification: Operator = (_, input, handles) => {
  const webhook = handleOf(input, 'webhook_memory_address', handles, 'webhook');
  if (input['should_redirect'] !== true) return true;
  if (webhook.urlTemplate !== undefined) webhook.urlTemplate = textOf(input, 'url_template') || webhook.urlTemplate;
  if (webhook.url !== undefined) webhook.url = textOf(input, 'url') || webhook.url;
  return true;
};
