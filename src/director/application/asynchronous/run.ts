/** Carries asynchronous operations out: calls the webhook that does the work and asks how it stands until it is done (`reference: facts/security.md 5.2, 7.2`). */
import { type Identity, NOBODY } from '../../../identity/identity.ts';
import type { ReadTx } from '../../../registry/contract.ts';
import { textMap } from '../../../template/template.ts';
import type { DirectorContext, DirectorCore } from '../../context.ts';
import { bodyTexts } from '../../notification/answer.ts';
import { inBackground, startOf } from '../../background.ts';
import { canonicalHeaders, exchange, requestOf, TechnicalFailure } from '../../notification/send.ts';
import { renderJson } from '../../notification/templates/render.ts';
import { applicationData } from '../../notification/templates/objects.ts';
import type { OutboundResponse } from '../../outbound/http.ts';
import type { WebhookRecord } from '../../webhook/records.ts';
import { tenants } from '../../tenant/records.ts';
import { finishOperation, operationWebhook } from './operation.ts';
import { type ApplicationRecord, applications } from '../records.ts';

/** Seconds between two questions, and until an operation counts as failed, where the webhook does not say. */
const RETRY_INTERVAL = 5;
const TIMEOUT = 1800;

interface OutputTemplate {
  readonly location?: string;
  readonly success_status_code?: number;
  readonly error?: string;
}

interface StatusTemplate {
  readonly status?: string;
  readonly success_status_code?: number;
  readonly success_status_identifier?: string;
  readonly failed_status_identifier?: string;
  readonly error?: string;
}

/** What a template makes of a response. @throws TechnicalFailure */
function read<T extends { success_status_code?: number; error?: string }>(template: string, response: OutboundResponse): T {
  try {
    const body = textMap(bodyTexts(response.body.toString('utf8')));
    const output = renderJson(template, { Body: body, Headers: textMap(canonicalHeaders(response.headers)) }) as T;
    if (output.error) throw new Error(output.error);
    if (response.status !== output.success_status_code)
      throw new Error(`status code ${output.success_status_code ?? 0} was expected, got ${response.status}`);
    return output;
  } catch (error) {
    throw new TechnicalFailure(error instanceof Error ? error.message : String(error));
  }
}

class OperationRun {
  private readonly deadline: number;

  constructor(
    private readonly ctx: DirectorContext,
    private readonly id: string,
    private readonly webhook: WebhookRecord,
  ) {
    this.deadline = Date.now() + (webhook.timeout ?? TIMEOUT) * 1000;
  }

  async start(application: ApplicationRecord): Promise<void> {
    const { webhook, ctx } = this;
    const data = {
      Application: applicationData(application, null, []),
      TenantID: ctx.caller.tenant?.externalId ?? '',
      Headers: textMap(canonicalHeaders(defined(ctx.headers))),
    };
    const response = await exchange(
      ctx,
      webhook,
      requestOf({ webhook, data }, { url: webhook.url, urlTemplate: webhook.urlTemplate }, ctx.requestId),
    );
    const { location } = read<OutputTemplate>(webhook.outputTemplate ?? '', response);
    if (webhook.mode === 'ASYNC' && location) this.askLater(location);
    else await this.finish();
  }

  /** A question that waits keeps no plane from stopping: the operation is taken up when it starts again. */
  private askLater(location: string): void {
    const ask = () =>
      inBackground(this.ctx.director, `asking how the operation on application ${this.id} stands`, () =>
        this.guarded(() => this.ask(location)),
      );
    setTimeout(ask, (this.webhook.retryInterval ?? RETRY_INTERVAL) * 1000).unref();
  }

  private async ask(location: string): Promise<void> {
    const response = await exchange(this.ctx, this.webhook, { method: 'GET', url: location, headers: {}, body: '' });
    const {
      status,
      success_status_identifier: success,
      failed_status_identifier: failed,
    } = read<StatusTemplate>(this.webhook.statusTemplate ?? '', response);
    if (status === success) return this.finish();
    if (status === failed) return this.finish('the operation failed');
    if (Date.now() > this.deadline) return this.finish('the operation has timed out');
    this.askLater(location);
  }

  /** Faults of the call end the operation. */
  async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof TechnicalFailure)) throw error;
      await this.finish(error.message);
    }
  }

  private finish(error?: string): Promise<void> {
    return this.ctx.write((call) => finishOperation(call, this.id, error));
  }
}

const defined = (headers: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));

async function carryOut(ctx: DirectorContext, application: ApplicationRecord): Promise<void> {
  const webhook = await operationWebhook(ctx.call, application);
  if (!webhook) return ctx.write((call) => finishOperation(call, application.id));
  const run = new OperationRun(ctx, application.id, webhook);
  await run.guarded(() => run.start(application));
}

/** Address at which the state of the operation on an application can be asked for. */
export const operationLocation = ({ director }: DirectorContext, id: string): string =>
  `${director.settings.directorURL}/last_operation/application/${id}`;

/** Starts the work on an operation that has begun. */
export function runOperation(ctx: DirectorContext, application: ApplicationRecord): void {
  inBackground(ctx.director, `the operation on application ${application.id}`, () => carryOut(ctx, application));
}

/** Who an operation is taken up for: nobody, in the tenant that the application was given to. */
async function ownerOf({ access }: ApplicationRecord, tx: ReadTx): Promise<Identity> {
  const given = access.find(({ tenant, source, owner }) => owner && tenant === source);
  const tenant = given && (await tx.get(tenants, given.tenant));
  return tenant ? { ...NOBODY, tenant: { id: tenant.id, externalId: tenant.externalID } } : NOBODY;
}

/** Takes up an operation that a stop or crash left behind; its webhook may be called again. */
export async function resumeOperation(director: DirectorCore, id: string): Promise<'goes on' | void> {
  const { latest } = director.registry;
  const application = await latest.get(applications, id);
  if (!application || application.ready) return;
  const caller = await ownerOf(application, latest);
  const ctx = director.contextFor({ caller, headers: {}, requestId: application.id }, latest);
  ctx.operation = 'resumeOperations';
  runOperation(ctx, application);
  return 'goes on';
}

/** The same for all operations of earlier processes. */
export async function resumeOperations(director: DirectorCore): Promise<void> {
  const start = startOf(director);
  for (const { id, status } of await director.registry.latest.find(applications, 'pending', 'pending'))
    if (status.timestamp <= start) await resumeOperation(director, id);
}
