/** GraphQL over HTTP as the reference speaks it (`reference: facts/security.md 1.2`): kept answers first, then plans, then documents. */
import { getOperationAST, type GraphQLError } from 'graphql';
import { documentReader } from '../../wire/documents.ts';
import { noteBundles, noteCaller } from '../consumer/note.ts';
import type { DirectorContext, DirectorCore } from '../context.ts';
import { errorTeller } from '../failures.ts';
import { rewriteRequest, rewriteResponse } from '../legacy/packages.ts';
import { type AnswerPlace, answerCache } from './answer-cache.ts';
import { answers, ONLY_QUERIES, plain } from './answers.ts';
import { type Asked, asked } from './asked.ts';
import { carryOut, followPlan } from './carrying-out.ts';
import type { Answer, Request } from './exchange.ts';
import { persistedQueries } from './persisted-queries.ts';
import { queryPlans } from './plans.ts';

const faultText = (fault: GraphQLError) => (fault.locations?.[0] ? `${fault.locations[0].line}: ${fault.message}` : fault.message);

export function graphqlEndpoint(director: DirectorCore): (request: Request) => Promise<Answer> {
  const { schema, registry } = director;
  const readDocument = documentReader(schema.published);
  const plans = queryPlans(schema.published);
  const persisted = persistedQueries();
  const cache = answerCache(registry);
  const { refused, answered } = answers(schema.published, errorTeller(director));

  /** `changing`: the context of a mutation that has begun by its plan. */
  async function answerDocument(request: Request, wish: Asked, changing: DirectorContext | undefined, place: AnswerPlace | undefined) {
    const reading = readDocument(wish.query);
    if ('faults' in reading) return refused(422, reading.faults.map(faultText));
    const { document } = reading;
    const operation = getOperationAST(document, wish.operationName);
    if (!operation) return refused(422, [`operation ${wish.operationName ?? ''} not found`]);
    if (operation.operation === 'mutation' && wish.readOnly) return ONLY_QUERIES;
    plans.learn(wish.query, document, operation);
    const asOf = registry.sequence;
    const result = await carryOut(director, request, { document, operation, asked: wish }, changing);
    const answer = answered(result, document, operation);
    if (operation.operation === 'query' && !result.errors && 'data' in result) place?.keep(answer, asOf);
    return answer;
  }

  async function perform(request: Request, place?: AnswerPlace): Promise<Answer> {
    if (request.method === 'OPTIONS') return { status: 200, headers: { allow: 'OPTIONS, GET, POST' }, body: '' };
    const wish = asked(request, persisted);
    if ('status' in wish) return 'fault' in wish ? refused(wish.status, [wish.fault]) : plain(wish.status, wish.message);
    const planned = plans.find(wish.query, wish.operationName);
    if (!planned) return answerDocument(request, wish, undefined, place);
    if (planned.mutates && wish.readOnly) return ONLY_QUERIES;
    // what a mutation has done while its plan led somewhere is in its context, with which graphql-js goes on
    const changing = planned.mutates ? director.contextFor(request, registry.latest) : undefined;
    const asOf = registry.sequence;
    const answer = await followPlan(director, request, planned, wish, changing);
    if (!answer) return answerDocument(request, wish, changing, place);
    if (!changing) place?.keep(answer, asOf);
    return answer;
  }

  return async (request) => {
    const noted = noteCaller(director, request);
    if (noted) await noted;
    const place = cache.placeOf(request);
    if (place.found) return place.found;
    const { body, rewritten } = rewriteRequest(request.body);
    if (rewritten) {
      const made = await perform({ ...request, body });
      return { ...made, body: rewriteResponse(made.body) };
    }
    const made = await perform(request, place);
    const marked = noteBundles(director, request);
    if (marked) await marked;
    return made;
  };
}
