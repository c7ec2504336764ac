/** The Provisioner: made once by the composition root, asked by the Gateway. */
import { randomUUID } from 'node:crypto';
import {
  buildASTSchema,
  type GraphQLFieldConfigMap,
  type GraphQLScalarType,
  type GraphQLUnionType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import type { Carried } from '../registry/contract.ts';
import type { WireAnswer, WireRequest } from '../wire/exchange.ts';
import { graphqlEndpoint } from '../wire/graphql-endpoint.ts';
import type { ProvisionerCall, ProvisionerOptions } from './call.ts';
import type { ProviderConfig } from './cluster/config.ts';
import { answerDetails } from './details.ts';
import { provisionerWords, UncategorizedError } from './errors.ts';
import { guarded } from './guard.ts';
import { pendingOrders, provisioningOperations } from './records.ts';
import { takeBack, takeBackAll } from './registration.ts';
import { connectAgent, deprovisionRuntime, provisionRuntime, reconnectRuntimeAgent, upgradeShoot } from './rules.ts';
import { SDL } from './sdl.generated.ts';
import { operationView, providerTypeOf, runtimeOperationStatus, runtimeStatus } from './status.ts';
import type { ProvisionRuntimeInput, UpgradeShootInput } from './types.generated.ts';
import { createWorker } from './worker.ts';

export interface Provisioner {
  readonly options: ProvisionerOptions;
  /** Answers a request to `/graphql`. */
  graphql(request: WireRequest): Promise<WireAnswer>;
  /** Answers a request to `/v1/…`: what clients of the reference do not know. Undefined where there is no such path. */
  details(request: WireRequest): Promise<WireAnswer | undefined>;
  /** Has the agent of a runtime started with a new token, as after the plane that ran it is gone. @throws ProvisionerError */
  connectAgent(runtimeId: string): Promise<void>;
  /** What other processes may take up, where they share the Registry. */
  readonly carried: readonly Carried[];
  /** Takes up what an earlier process left, where no other can. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

type Fields = GraphQLFieldConfigMap<unknown, ProvisionerCall>;

const refusedForKyma = (id: string) =>
  new UncategorizedError(`failed to upgrade cluster: ${id} Kyma configuration of the cluster is managed by Reconciler`);

function buildSchema() {
  const schema = buildASTSchema(parse(SDL, { noLocation: true }));
  const labels = schema.getType('Labels') as GraphQLScalarType;
  labels.parseLiteral = (node, variables) => (node.kind === Kind.NULL ? null : valueFromASTUntyped(node, variables));
  (schema.getType('ProviderSpecificConfig') as GraphQLUnionType).resolveType = (config) => providerTypeOf(config as ProviderConfig);
  const query = schema.getQueryType()!.getFields() as unknown as Fields;
  const mutation = schema.getMutationType()!.getFields() as unknown as Fields;
  query.runtimeStatus!.resolve = (_, { id }: { id: string }, call) => runtimeStatus(call, id);
  query.runtimeOperationStatus!.resolve = (_, { id }: { id: string }, call) => runtimeOperationStatus(call, id);
  mutation.provisionRuntime!.resolve = async (_, { config }: { config: ProvisionRuntimeInput }, call) =>
    operationView(await provisionRuntime(call, config), call);
  mutation.deprovisionRuntime!.resolve = async (_, { id }: { id: string }, call) => (await deprovisionRuntime(call, id)).id;
  mutation.upgradeShoot!.resolve = async (_, { id, config }: { id: string; config: UpgradeShootInput }, call) =>
    operationView(await upgradeShoot(call, id, config), call);
  mutation.upgradeRuntime!.resolve = (_, { id }: { id: string }) => {
    throw refusedForKyma(id);
  };
  mutation.rollBackUpgradeOperation!.resolve = (_, { id }: { id: string }) => {
    throw refusedForKyma(id);
  };
  mutation.hibernateRuntime!.resolve = () => null;
  mutation.reconnectRuntimeAgent!.resolve = (_, { id }: { id: string }, call) => reconnectRuntimeAgent(call, id);
  return schema;
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
