/** GraphQL over HTTP as the reference speaks it (`reference: facts/security.md 1.2`): kept answers first, then plans, then documents. */
import { getOperationAST, type GraphQLError } from 'graphql';
import { documentReader } from '../../wire/documents.ts';
import { noteBundles, noteCaller } from '../consumer/note.ts';
import type { DirectorCore } from '../context.ts';
import { errorTeller } from '../failures.ts';
import { rewriteRequest, rewriteResponse } from '../legacy/packages.ts';
import { answerCache } from './answer-cache.ts';
import { answers, ONLY_QUERIES, plain } from './answers.ts';
import { asked } from './asked.ts';
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

  async function perform(request: Request): Promise<Answer> {
    if (request.method === 'OPTIONS') return { status: 200, headers: { allow: 'OPTIONS, GET, POST' }, body: '' };
    const wish = asked(request, persisted);
    if ('status' in wish) return 'fault' in wish ? refused(wish.status, [wish.fault]) : plain(wish.status, wish.message);
    const planned = plans.find(wish.query, wish.operationName);
    if (planned?.mutates && wish.readOnly) return ONLY_QUERIES;
    // what a mutation has done while its plan led somewhere is in its context, with which graphql-js goes on
    const changing = planned?.mutates ? director.contextFor(request, registry.latest) : undefined;
    const asOf = registry.sequence;
    const made = planned && (await followPlan(director, request, planned, wish, changing));
    if (made && !changing) cache.keep(request, made, asOf);
    if (made) return made;
    const reading = readDocument(wish.query);
    if ('faults' in reading) return refused(422, reading.faults.map(faultText));
    const operation = getOperationAST(reading.document, wish.operationName);
    if (!operation) return refused(422, [`operation ${wish.operationName ?? ''} not found`]);
    if (operation.operation === 'mutation' && wish.readOnly) return ONLY_QUERIES;
    plans.learn(wish.query, reading.document, operation);
    const before = registry.sequence;
    const result = await carryOut(director, request, { document: reading.document, operation, asked: wish }, changing);
    const answer = answered(result, reading.document, operation);
    if (operation.operation === 'query' && !result.errors && 'data' in result) cache.keep(request, answer, before);
    return answer;
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
