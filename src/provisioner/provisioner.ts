/** The Provisioner: made once by the composition root, asked by the Gateway. */
import { randomUUID } from 'node:crypto';
import type { Carried } from '../registry/contract.ts';
import type { WireAnswer, WireRequest } from '../wire/exchange.ts';
import { graphqlEndpoint } from '../wire/graphql-endpoint.ts';
import type { ProvisionerCall, ProvisionerOptions } from './call.ts';
import { answerDetails } from './api/details.ts';
import { buildSchema } from './api/schema.ts';
import { provisionerWords } from './api/words.ts';
import { guarded } from './providers/guard.ts';
import { pendingOrders, provisioningOperations } from './records.ts';
import { takeBack, takeBackAll } from './registration/registration.ts';
import { connectAgent } from './orders/agent.ts';
import type { OperationKind } from './operations/stages.ts';
import { createWorker } from './operations/worker.ts';
import { profileOf } from './profiles.ts';

export interface Provisioner {
  readonly options: ProvisionerOptions;
  /** Answers a request to `/graphql`. */
  graphql(request: WireRequest): Promise<WireAnswer>;
  /** Answers a request to `/v1/…`: what clients of the reference do not know. Undefined where there is no such path. */
  details(request: WireRequest): Promise<WireAnswer | undefined>;
  /** Has the agent of a runtime started with a new token, as after the plane that ran it is gone. @throws ProvisionerError */
  connectAgent(runtimeId: string): Promise<void>;
  /** How many operations are under way here, for each kind that the profile counts. */
  readonly underWay: readonly { readonly kind: OperationKind; readonly count: () => number }[];
  /** What other processes may take up, where they share the Registry. */
  readonly carried: readonly Carried[];
  /** Takes up what an earlier process left, where no other can. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A Provisioner whose worker has not begun yet; each call of the provider is ended after `callLimit`. */
export function createProvisioner(given: ProvisionerOptions): Provisioner {
  const options: ProvisionerOptions = { ...given, provider: guarded(given.provider, given.callLimit) };
  const clock = options.clock ?? (() => new Date());
  const worker = createWorker(options, clock);
  const answer = graphqlEndpoint<ProvisionerCall>(buildSchema(), provisionerWords(options.report));
  const callOf = ({ headers }: WireRequest): ProvisionerCall => ({
    options,
    tenant: headers.tenant || undefined,
    subAccount: headers['sub-account'] || undefined,
    now: () => clock().toISOString(),
    newId: options.newId ?? randomUUID,
    begun: (id) => worker.take(id),
  });
  let takenBack: Promise<void> | undefined;
  return {
    options,
    graphql: (request) => answer(request, callOf(request)),
    details: (request) => answerDetails(request, callOf(request)),
    carried: [
      { from: provisioningOperations, work: (id) => worker.takeUp(id) },
      { from: pendingOrders, work: (id) => takeBack(options, id) },
    ],
    connectAgent: (id) => connectAgent(options, id),
    underWay: profileOf(options).counted.map((kind) => ({ kind, count: () => worker.driven(kind) })),
    async start() {
      if (options.registry.carry) return;
      await worker.resume();
      takenBack = takeBackAll(options);
    },
    async stop() {
      await worker.stop();
      await takenBack;
    },
  };
}
