/** GraphQL over HTTP for the small systems: one behaviour, each system with its own words for errors. */
import {
  type DocumentNode,
  type ExecutionResult,
  getOperationAST,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { type Wanted, wanted } from './asked.ts';
import { documentReader } from './documents.ts';
import { execute, VariableFault } from './execute.ts';
import type { WireAnswer, WireRequest } from './exchange.ts';
import { looksAtSchema, withNulls } from './nulls.ts';
import { tolerantSchema } from './tolerant.ts';

export type FaultKind = 'parse' | 'validation' | 'variables' | 'operation' | 'body';

/** What is wrong with a request before anything is run. */
export interface Fault {
  readonly kind: FaultKind;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
  /** Of a variable: where in it, with the reason alone that the message ends with. */
  readonly place?: { readonly path: readonly (string | number)[]; readonly why: string };
}

/** How a system writes its errors. */
export interface ErrorWords {
  fault(fault: Fault): object;
  /** An error of a resolver. */
  failure(error: GraphQLError): object;
}

const JSON_TYPE = { 'content-type': 'application/json' };
/** What the wire calls the answer to a request that no transport takes. */
const TEXT_TYPE = { 'content-type': 'text/plain; charset=utf-8' };

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly faults: readonly Fault[],
  ) {
    super(faults[0]?.message);
  }
}

/** A fault of the transport itself, told without any system's words. */
class TransportRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

function asked(request: WireRequest): Wanted {
  const wish = wanted(request);
  if (!('status' in wish)) return wish;
  if ('fault' in wish) throw new Refusal(wish.status, [{ kind: 'body', message: wish.fault }]);
  throw new TransportRefusal(wish.status, wish.message);
}

function faultOf(kind: FaultKind, error: GraphQLError): Fault {
  const place = error.locations?.[0];
  return {
    kind,
    message: error.message,
    ...(place ? { line: place.line, column: place.column } : {}),
    ...(error instanceof VariableFault ? { place: { path: error.path ?? [], why: error.why } } : {}),
  };
}

/** Answers the GraphQL requests of one schema; what resolvers are given beside their arguments is made for each request by the caller. */
export function graphqlEndpoint<Context>(
  schema: GraphQLSchema,
  words: ErrorWords,
): (request: WireRequest, context: Context) => Promise<WireAnswer> {
  const readDocument = documentReader(schema);
  const tolerant = tolerantSchema(schema);

  function understand(wish: Wanted): { document: DocumentNode; operation: OperationDefinitionNode } {
    if (wish.query.trim() === '') throw new Refusal(422, [{ kind: 'operation', message: 'no operation provided' }]);
    const reading = readDocument(wish.query);
    if ('faults' in reading) {
      throw new Refusal(
        422,
        reading.faults.map((fault) => faultOf(reading.kind, fault)),
      );
    }
    const operation = getOperationAST(reading.document, wish.operationName);
    if (!operation) throw new Refusal(422, [{ kind: 'operation', message: `operation ${wish.operationName ?? ''} not found` }]);
    if (operation.operation === 'mutation' && wish.readOnly) throw new TransportRefusal(406, 'GET requests only allow query operations');
    return { document: reading.document, operation };
  }

  function written(result: ExecutionResult, document: DocumentNode, operation: OperationDefinitionNode): WireAnswer {
    const { data, errors } = result;
    if (!('data' in result))
      throw new Refusal(
        422,
        (errors ?? []).map((error) => faultOf('variables', error)),
      );
    return {
      status: 200,
      headers: JSON_TYPE,
      body: JSON.stringify(
        errors
          ? { errors: errors.map((error) => words.failure(error)), data: withNulls(schema, document, operation, result) ?? null }
          : { data },
      ),
    };
  }

  return async (request, context) => {
    try {
      const wish = asked(request);
      const { document, operation } = understand(wish);
      const operationName = operation.name?.value;
      return written(
        await execute({
          schema: looksAtSchema(operation, wish.query) ? schema : tolerant,
          document,
          contextValue: context,
          ...(wish.variables ? { variableValues: wish.variables } : {}),
          ...(operationName ? { operationName } : {}),
        }),
        document,
        operation,
      );
    } catch (error) {
      if (error instanceof Refusal)
        return {
          status: error.status,
          headers: JSON_TYPE,
          body: JSON.stringify({ errors: error.faults.map((fault) => words.fault(fault)), data: null }),
        };
      if (error instanceof TransportRefusal)
        return {
          status: error.status,
          headers: error.status === 400 ? TEXT_TYPE : JSON_TYPE,
          body: JSON.stringify({ errors: [{ message: error.message }], data: null }),
        };
      throw error;
    }
  };
}
