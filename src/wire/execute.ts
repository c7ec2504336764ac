/** Carrying out a document: graphql-js does it, but for the variables, which are read as the wire reads them. */
import {
  execute as carryOut,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type OperationDefinitionNode,
} from 'graphql';
import { type VariableReader, variableReader } from './variables.ts';

const readers = new WeakMap<OperationDefinitionNode, VariableReader>();

function readerFor({ schema }: ExecutionArgs, operation: OperationDefinitionNode): VariableReader {
  const known = readers.get(operation);
  if (known) return known;
  const made = variableReader(schema, operation);
  readers.set(operation, made);
  return made;
}

/**
 * As graphql-js has it, for a valid document of one schema and its tolerant twin. Where variables do not fit there is one error and no data;
 * its text begins with the place: `in.name must be defined`.
 */
export function execute(args: ExecutionArgs): ExecutionResult | Promise<ExecutionResult> {
  const operation = getOperationAST(args.document, args.operationName);
  if (!operation) return carryOut(args) as ExecutionResult | Promise<ExecutionResult>;
  const understood = readerFor(args, operation)(args.variableValues);
  if ('fault' in understood) return { errors: [new GraphQLError(understood.fault)] };
  // graphql-js reads them once more, and finds them right
  return carryOut({ ...args, variableValues: understood.values }) as ExecutionResult | Promise<ExecutionResult>;
}
