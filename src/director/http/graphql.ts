/** GraphQL over HTTP as the reference speaks it: transports, statuses and the form of errors (`reference: facts/security.md 1.2, 1.3`). */
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  type GraphQLError,
  type OperationDefinitionNode,
} from 'graphql';
import { andThen, type Awaitable } from '../../registry/contract.ts';
import type { DirectorContext, DirectorCore } from '../context.ts';
import { noteBundles, noteCaller } from '../consumer/note.ts';
import { errorTeller } from '../failures.ts';
import { rewriteRequest, rewriteResponse } from '../legacy/packages.ts';
import { documentReader } from '../../wire/documents.ts';
import { looksAtSchema, withNulls } from '../../wire/nulls.ts';
import { type AnswerCache, answerCache } from './answer-cache.ts';
import { type Asked, asked } from './asked.ts';
import type { Answer, Request } from './exchange.ts';
import { persistedQueries } from './persisted-queries.ts';
import { type Found, queryPlans } from './plans.ts';

interface WireError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly error: string; readonly error_code: number };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const plain = (status: number, message: string): Answer => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify({ errors: [{ message }], data: null }),
});

const ONLY_QUERIES = plain(406, 'GET requests only allow query operations');

const succeeded = (content: object): Answer => ({ status: 200, headers: JSON_TYPE, body: JSON.stringify(content) });
const written = (data: string): Answer => ({ status: 200, headers: JSON_TYPE, body: `{"data":${data}}` });

/** Where fields are to be asked for whose work goes on. */
const locationsIn = ({ deferred }: DirectorContext) => ({ locations: deferred.map(({ location }) => location) });

/** The result without those fields. */
function withoutDeferred(result: ExecutionResult, context: DirectorContext): ExecutionResult {
  if (context.deferred.length === 0 || !result.data) return result;
  const data = { ...result.data };
  for (const { field } of context.deferred) delete data[field];
  return { ...result, data, extensions: locationsIn(context) };
}

export function graphqlEndpoint(director: DirectorCore): (request: Request) => Promise<Answer> {
  const { schema } = director;
  const readDocument = documentReader(schema.published);
  const plans = queryPlans(schema.published);
  const persisted = persistedQueries();
  const cache: AnswerCache = answerCache(director.registry);
  const { internal, told } = errorTeller(director);

  const wire = (error: GraphQLError): WireError => {
    const { message, extensions } = told(error);
    return { message, ...(error.path ? { path: error.path } : {}), extensions };
  };

  function refused(status: number, faults: readonly string[]): Answer {
    const errors = faults.map((fault) => internal(`input: ${fault}`)).map(({ message, extensions }) => ({ message, extensions }));
    return { status, headers: JSON_TYPE, body: JSON.stringify({ errors, data: null }) };
  }

  const faultText = (fault: GraphQLError) => (fault.locations?.[0] ? `${fault.locations[0].line}: ${fault.message}` : fault.message);

  function run(
    request: Request,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    { query, variables, operationName }: Asked,
    changing: DirectorContext | undefined,
  ): Awaitable<ExecutionResult> {
    const within = (contextValue: DirectorContext) =>
      execute({
        schema: looksAtSchema(operation, query) ? schema.published : schema.tolerant,
        document,
        variableValues: variables ?? undefined,
        operationName: operationName ?? operation.name?.value,
        contextValue,
      });
    if (operation.operation !== 'mutation') return director.registry.read((tx) => within(director.contextFor(request, tx)));
    const context = changing ?? director.contextFor(request, director.registry.latest);
    return andThen(within(context), (result) => withoutDeferred(result, context));
  }

  function answer(result: ExecutionResult, document: DocumentNode, operation: OperationDefinitionNode): Answer {
    const { errors, extensions } = result;
    if (!('data' in result))
      return refused(
        422,
        (errors ?? []).map((error) => `variable.${error.message}`),
      );
    return succeeded({
      ...(errors && { errors: errors.map(wire) }),
      data: (errors ? withNulls(schema.published, document, operation, result) : result.data) ?? null,
      ...(extensions && { extensions }),
    });
  }

  /** Undefined where the plan leads nowhere: for faults and whatever graphql-js alone tells in full. */
  async function runPlan(
    request: Request,
    { plan, strings }: Found,
    { variables }: Asked,
    changing: DirectorContext | undefined,
  ): Promise<Answer | undefined> {
    const given = { variables, strings };
    try {
      if (changing) {
        const data = await plan(changing, given);
        // the only field of the document
        if (changing.deferred.length > 0) return succeeded({ data: {}, extensions: locationsIn(changing) });
        return written(data);
      }
      const before = director.registry.sequence;
      const made = written(await director.registry.read((tx) => plan(director.contextFor(request, tx), given)));
      cache.keep(request, made, before);
      return made;
    } catch {
      return undefined;
    }
  }

  async function perform(request: Request): Promise<Answer> {
    if (request.method === 'OPTIONS') return { status: 200, headers: { allow: 'OPTIONS, GET, POST' }, body: '' };
    const wish = asked(request, persisted);
    if ('status' in wish) return 'fault' in wish ? refused(wish.status, [wish.fault]) : plain(wish.status, wish.message);
    const planned = plans.find(wish.query, wish.operationName);
    if (planned?.mutates && wish.readOnly) return ONLY_QUERIES;
    // what a mutation has done while its plan led somewhere is in its context, with which graphql-js goes on
    const changing = planned?.mutates ? director.contextFor(request, director.registry.latest) : undefined;
    const answered = planned && (await runPlan(request, planned, wish, changing));
    if (answered) return answered;
    const reading = readDocument(wish.query);
    if ('faults' in reading) return refused(422, reading.faults.map(faultText));
    const operation = getOperationAST(reading.document, wish.operationName);
    if (!operation) return refused(422, [`operation ${wish.operationName ?? ''} not found`]);
    if (operation.operation === 'mutation' && wish.readOnly) return ONLY_QUERIES;
    plans.learn(wish.query, reading.document, operation);
    const before = director.registry.sequence;
    return andThen(run(request, reading.document, operation, wish, changing), (result) => {
      const made = answer(result, reading.document, operation);
      if (operation.operation === 'query' && !result.errors && 'data' in result) cache.keep(request, made, before);
      return made;
    });
  }

  return async (request) => {
    const noted = noteCaller(director, request);
    if (noted) await noted;
    const known = cache.find(request);
    if (known) return known;
    const { body, rewritten } = rewriteRequest(request.body);
    const made = await perform(rewritten ? { ...request, body } : request);
    if (rewritten) return { ...made, body: rewriteResponse(made.body) };
    const marked = noteBundles(director, request);
    if (marked) await marked;
    return made;
  };
}
