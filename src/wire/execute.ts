/** Carrying out a document: graphql-js does it, but for the variables, which are read as the wire reads them. */
import {
  execute as carryOut,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type OperationDefinitionNode,
} from 'graphql';
import { type Misplaced, type VariableReader, variableReader } from './variables.ts';

/** A variable that does not fit. The text begins with the place, `in.webhooks[0].type must be defined`; the path is that of the wire. */
export class VariableFault extends GraphQLError {
  constructor({ path, why }: Misplaced) {
    const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    super(`${place.slice(1)} ${why}`, { path: ['variable', ...path] });
    this.why = why;
  }
  readonly why: string;
}

const readers = new WeakMap<OperationDefinitionNode, VariableReader>();

function readerFor({ schema }: ExecutionArgs, operation: OperationDefinitionNode): VariableReader {
  const known = readers.get(operation);
  if (known) return known;
  const made = variableReader(schema, operation);
  readers.set(operation, made);
  return made;
}

/** As graphql-js has it, for a valid document of one schema and its tolerant twin. Where variables do not fit there is one `VariableFault` and no data. */
export function execute(args: ExecutionArgs): ExecutionResult | Promise<ExecutionResult> {
  const operation = getOperationAST(args.document, args.operationName);
  if (!operation) return carryOut(args) as ExecutionResult | Promise<ExecutionResult>;
  const understood = readerFor(args, operation)(args.variableValues);
  if ('fault' in understood) return { errors: [new VariableFault(understood.fault)] };
  // graphql-js reads them once more, and finds them right
  return carryOut({ ...args, variableValues: understood.values }) as ExecutionResult | Promise<ExecutionResult>;
}
