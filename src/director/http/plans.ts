/** Plans of the documents that came before: found by their text, or by its shape where only texts within it are new. */
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type Plan, planOf } from '../schema/plan.ts';
import { type Shape, shapeOf } from '../schema/shape.ts';

const KEPT = 1_000;
/** Characters: what is longer has its texts from a machine, and does not come again. */
const LONGEST_SHAPED = 10_000;

interface Known {
  /** Undefined where graphql-js is to answer. */
  readonly plan: Plan | undefined;
  readonly mutates: boolean;
  readonly operationName: string | undefined;
}

export interface Found {
  readonly plan: Plan;
  readonly mutates: boolean;
  readonly strings: readonly string[];
}

export interface Plans {
  find(query: string, operationName: string | undefined): Found | undefined;
  /** Makes a plan of a document that was found valid. */
  learn(query: string, document: DocumentNode, operation: OperationDefinitionNode): void;
}

const operationsIn = ({ definitions }: DocumentNode) => definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;

export function queryPlans(schema: GraphQLSchema): Plans {
  const shapes = new LRUCache<string, Shape>({ max: KEPT });
  const known = new LRUCache<string, Known>({ max: KEPT });
  const shapeFor = (query: string) => shapes.get(query) ?? (query.length > LONGEST_SHAPED ? undefined : shapeOf(query));

  return {
    find(query, operationName) {
      const shape = shapeFor(query);
      if (!shape) return undefined;
      const found = known.get(shape.key);
      if (!found?.plan || (operationName ?? found.operationName) !== found.operationName) return undefined;
      return { plan: found.plan, mutates: found.mutates, strings: shape.strings };
    },
    learn(query, document, operation) {
      const shape = shapeFor(query);
      if (!shape || known.has(shape.key) || operationsIn(document) > 1) return;
      known.set(shape.key, {
        plan: planOf(schema, document, operation),
        mutates: operation.operation === 'mutation',
        operationName: operation.name?.value,
      });
      shapes.set(query, shape);
    },
  };
}
