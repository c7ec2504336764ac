/** How runtimes come (`reference: facts/runtimes.md 2.2, 6`). */
import { tenantOf, type Call, type WriteCall } from '../call.ts';
import { joinAutomatically, type AutomaticMoves } from '../formation/automatic/moves.ts';
import type { Labels } from '../label/records.ts';
import type { RuntimeRegisterInput, WebhookInput } from '../schema/types.generated.ts';
import type { TenantRecord } from '../tenant/records.ts';
import { accessForOwner } from '../tenant-access/rules.ts';
import { createWebhooks } from '../webhook/rules.ts';
import { labelsFromInput, refuseScenarios } from './labels.ts';
import { runtimes, type RuntimeRecord } from './records.ts';
import { namedSubaccount } from './subaccount.ts';

const KYMA_NAMESPACE = 'sap.kyma';

/** The template that sends nothing: four characters, quotes included. */
const EMPTY_TEMPLATE = "'{}'";

/** How a Kyma runtime is told of its formations. */
const KYMA_WEBHOOK: WebhookInput = {
  type: 'CONFIGURATION_CHANGED',
  mode: 'SYNC',
  urlTemplate: EMPTY_TEMPLATE,
  inputTemplate: EMPTY_TEMPLATE,
  headerTemplate: EMPTY_TEMPLATE,
  outputTemplate: EMPTY_TEMPLATE,
  auth: { accessStrategy: 'sap:cmp-mtls:v1' },
};

/** Integration systems register Kyma clusters: these carry their kind and the region of their subaccount. */
const isProvisioner = ({ caller }: Call) => caller.consumer.type === 'Integration System';

function kymaLabels(subaccount: TenantRecord | undefined): Labels {
  const region = subaccount?.labels.region;
  return { runtimeType: 'kyma', region: typeof region === 'string' ? region : '' };
}

export interface RegisteredRuntime {
  readonly runtime: RuntimeRecord;
  /** The formations that it joined by itself: whoever is to be told of it is told after the transaction. */
  readonly moves: AutomaticMoves;
}

export async function registerRuntime(call: WriteCall, input: RuntimeRegisterInput): Promise<RegisteredRuntime> {
  const caller = tenantOf(call);
  const given = input.labels ?? {};
  const subaccount = await namedSubaccount(call, given);
  refuseScenarios(given);
  const provisioned = isProvisioner(call);
  const now = call.now();
  const applicationNamespace = provisioned ? KYMA_NAMESPACE : input.applicationNamespace;
  const runtime: RuntimeRecord = {
    id: call.newId(),
    name: input.name,
    ...(input.description ? { description: input.description } : {}),
    ...(applicationNamespace ? { applicationNamespace } : {}),
    status: { condition: input.statusCondition ?? 'INITIAL', timestamp: now },
    labels: { ...labelsFromInput(given), ...(provisioned ? kymaLabels(subaccount) : {}) },
    scenarios: {},
    access: await accessForOwner(call, subaccount?.id ?? caller),
    createdAt: now,
  };
  await call.tx.put(runtimes, runtime);
  await createWebhooks(call, { kind: 'runtime', id: runtime.id }, [...(input.webhooks ?? []), ...(provisioned ? [KYMA_WEBHOOK] : [])]);
  const moves = await joinAutomatically(call, runtime);
  return { runtime: (await call.tx.get(runtimes, runtime.id)) ?? runtime, moves };
}
