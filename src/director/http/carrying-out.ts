/** Carries an operation out: by graphql-js, or by its plan. */
import type { DocumentNode, ExecutionResult, OperationDefinitionNode } from 'graphql';
import { andThen, type Awaitable, keepsRecords } from '../../registry/contract.ts';
import { execute } from '../../wire/execute.ts';
import { looksAtSchema } from '../../wire/nulls.ts';
import type { DirectorContext, DirectorCore } from '../context.ts';
import { succeeded, written } from './answers.ts';
import type { Asked } from './asked.ts';
import type { Answer, Request } from './exchange.ts';
import type { Found } from './plans.ts';

/** Where fields are to be asked for whose work goes on. */
const locationsIn = ({ deferred }: DirectorContext) => ({ locations: deferred.map(({ location }) => location) });

/** The result without those fields. */
function withoutDeferred(result: ExecutionResult, context: DirectorContext): ExecutionResult {
  if (context.deferred.length === 0 || !result.data) return result;
  const data = { ...result.data };
  for (const { field } of context.deferred) delete data[field];
  return { ...result, data, extensions: locationsIn(context) };
}

export interface Operation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly asked: Asked;
}

/** `changing`: the context of a mutation that has begun by its plan. */
export function carryOut(
  director: DirectorCore,
  request: Request,
  { document, operation, asked: { query, variables, operationName } }: Operation,
  changing: DirectorContext | undefined,
): Awaitable<ExecutionResult> {
  const { schema, registry } = director;
  const within = (contextValue: DirectorContext) =>
    execute({
      schema: looksAtSchema(operation, query) ? schema.published : schema.tolerant,
      document,
      variableValues: variables ?? undefined,
      operationName: operationName ?? operation.name?.value,
      contextValue,
    });
  if (operation.operation !== 'mutation') return registry.read((tx) => within(director.contextFor(request, tx)));
  const context = changing ?? director.contextFor(request, registry.latest);
  return andThen(within(context), (result) => withoutDeferred(result, context));
}

/** Undefined where the plan leads nowhere: for faults and whatever graphql-js alone tells in full. `changing`: of a mutation. */
export async function followPlan(
  director: DirectorCore,
  request: Request,
  { plan, strings }: Found,
  { variables }: Asked,
  changing: DirectorContext | undefined,
): Promise<Answer | undefined> {
  const given = { variables, strings, keeps: keepsRecords(director.registry) };
  try {
    if (!changing) return written(await director.registry.read((tx) => plan(director.contextFor(request, tx), given)));
    const data = await plan(changing, given);
    // the only field of the document
    return changing.deferred.length > 0 ? succeeded({ data: {}, extensions: locationsIn(changing) }) : written(data);
  } catch {
    return undefined;
  }
}
