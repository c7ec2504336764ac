/** What becomes of results and faults on the wire: statuses and the form of errors (`reference: facts/security.md 1.2, 1.3`). */
import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { withNulls } from '../../wire/nulls.ts';
import type { ErrorTeller } from '../failures.ts';
import type { Answer } from './exchange.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

export const plain = (status: number, message: string): Answer => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify({ errors: [{ message }], data: null }),
});

export const ONLY_QUERIES = plain(406, 'GET requests only allow query operations');

export const succeeded = (content: object): Answer => ({ status: 200, headers: JSON_TYPE, body: JSON.stringify(content) });

/** The same of data that are JSON text already. */
export const written = (data: string): Answer => ({ status: 200, headers: JSON_TYPE, body: `{"data":${data}}` });

export interface Answers {
  /** To a request of which nothing was carried out. */
  refused(status: number, faults: readonly string[]): Answer;
  answered(result: ExecutionResult, document: DocumentNode, operation: OperationDefinitionNode): Answer;
}

export function answers(published: GraphQLSchema, { internal, told }: ErrorTeller): Answers {
  const wire = (error: GraphQLError) => {
    const { message, extensions } = told(error);
    return { message, ...(error.path ? { path: error.path } : {}), extensions };
  };
  const refused = (status: number, faults: readonly string[]): Answer => {
    const errors = faults.map((fault) => internal(`input: ${fault}`)).map(({ message, extensions }) => ({ message, extensions }));
    return { status, headers: JSON_TYPE, body: JSON.stringify({ errors, data: null }) };
  };
  return {
    refused,
    answered(result, document, operation) {
      const { errors, extensions } = result;
      if (!('data' in result))
        return refused(
          422,
          (errors ?? []).map((error) => `variable.${error.message}`),
        );
      return succeeded({
        ...(errors && { errors: errors.map(wire) }),
        data: (errors ? withNulls(published, document, operation, result) : result.data) ?? null,
        ...(extensions && { extensions }),
      });
    },
  };
}
