/** The API of the reference: each field with the rule that it asks. */
import {
  buildASTSchema,
  type GraphQLFieldConfigMap,
  type GraphQLScalarType,
  type GraphQLUnionType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import type { ProvisionerCall } from '../call.ts';
import type { ProviderConfig } from '../cluster/config.ts';
import { reconnectRuntimeAgent } from '../orders/agent.ts';
import { deprovisionRuntime } from '../orders/deprovision.ts';
import { hibernateRuntime } from '../orders/hibernate.ts';
import { provisionRuntime } from '../orders/provision.ts';
import { rollBackUpgrade, upgradeRuntime } from '../orders/upgrade-kyma.ts';
import { upgradeShoot } from '../orders/upgrade-shoot.ts';
import { SDL } from '../sdl.generated.ts';
import type { ProvisionRuntimeInput, UpgradeRuntimeInput, UpgradeShootInput } from '../types.generated.ts';
import { operationView, providerTypeOf, runtimeOperationStatus, runtimeStatus } from './status.ts';

type Fields = GraphQLFieldConfigMap<unknown, ProvisionerCall>;

/** The API with its resolvers: they translate, and the rules do the rest. */
export function buildSchema() {
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
  mutation.upgradeRuntime!.resolve = async (_, { id, config }: { id: string; config: UpgradeRuntimeInput }, call) =>
    operationView(await upgradeRuntime(call, id, config), call);
  mutation.rollBackUpgradeOperation!.resolve = async (_, { id }: { id: string }, call) => {
    await rollBackUpgrade(call, id);
    return runtimeStatus(call, id);
  };
  mutation.hibernateRuntime!.resolve = async (_, { id }: { id: string }, call) => {
    const operation = await hibernateRuntime(call, id);
    return operation && operationView(operation, call);
  };
  mutation.reconnectRuntimeAgent!.resolve = (_, { id }: { id: string }, call) => reconnectRuntimeAgent(call, id);
  return schema;
}
