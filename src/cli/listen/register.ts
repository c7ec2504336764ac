/** Webhooks that make a listener a participant: templates that tell it everything it needs to report. */
import type { Client } from '../../client/client.ts';
import { AddWebhookDocument, DeleteWebhookDocument, type WebhookInput, type WebhookMode } from '../../client/director.generated.ts';
import { idOf } from '../objects/resolve.ts';

export interface Registered {
  /** Path on the listener. */
  readonly path: string;
  readonly name: string;
  readonly webhooks: readonly string[];
}

const named = (object: string) => `{"id":"{{.${object}.ID}}","name":{{.${object}.Name | toJson}}}`;
const COMMON =
  '"operation":"{{.Operation}}","formationId":"{{.FormationID}}","formationName":{{.Formation.Name | toJson}},"assignmentId":"{{.Assignment.ID}}","state":"{{.Assignment.State}}"';
/** What the other side has given. */
const CONFIGURATION = '"configuration":{{if .ReverseAssignment.Value}}{{.ReverseAssignment.Value}}{{else}}null{{end}}';
const RUNTIME = `{{if .RuntimeContext}}{"id":"{{.RuntimeContext.ID}}","name":{{.Runtime.Name | toJson}}}{{else}}${named('Runtime')}{{end}}`;

const input = (receiver: string, assigned: string) => `{${COMMON},"receiver":${receiver},"assigned":${assigned},${CONFIGURATION}}`;

const INPUTS = {
  application: {
    APPLICATION_TENANT_MAPPING: input(named('TargetApplication'), named('SourceApplication')),
    CONFIGURATION_CHANGED: input(named('Application'), RUNTIME),
  },
  runtime: { CONFIGURATION_CHANGED: input(RUNTIME, named('Application')) },
} as const;

const outputFor = (mode: WebhookMode) =>
  `{"config":"{{.Body.configuration}}","state":"{{.Body.state}}","error":"{{.Body.error}}","success_status_code":${mode === 'ASYNC_CALLBACK' ? 202 : 200},"incomplete_status_code":204}`;

export interface Registration {
  readonly kind: keyof typeof INPUTS;
  /** Name or id. */
  readonly asked: string;
  /** Of the listener. */
  readonly url: string;
  readonly mode: WebhookMode;
  /** Whether CONFIGURATION_CHANGED is to hear of requests for credentials, and not of formations. */
  readonly credentials: boolean;
}

/** Adds the webhooks that formations call. @throws what the Director refuses */
export async function register(director: Client, { kind, asked, url, mode, credentials }: Registration): Promise<Registered> {
  const id = await idOf(director, kind, asked);
  const path = `/${kind}/${id}`;
  const webhooks: string[] = [];
  try {
    for (const [type, inputTemplate] of Object.entries(INPUTS[kind])) {
      const plain = credentials && type === 'CONFIGURATION_CHANGED';
      const called: WebhookInput = {
        type: type as WebhookInput['type'],
        mode,
        urlTemplate: JSON.stringify({ method: 'POST', path: `${url}${path}` }),
        headerTemplate: '{"Content-Type":["application/json"]}',
        inputTemplate,
        outputTemplate: outputFor(mode),
      };
      const webhook: WebhookInput = plain ? { type: 'CONFIGURATION_CHANGED', url: `${url}${path}` } : called;
      webhooks.push((await director.request(AddWebhookDocument, { [kind]: id, in: webhook })).webhook.id);
    }
  } catch (error) {
    await unregister(director, { webhooks });
    throw error;
  }
  return { path, name: asked, webhooks };
}

/** Takes the webhooks away again; those that are gone already do not matter. */
export async function unregister(director: Client, { webhooks }: Pick<Registered, 'webhooks'>): Promise<void> {
  for (const id of webhooks) await director.request(DeleteWebhookDocument, { id }).catch(() => undefined);
}
