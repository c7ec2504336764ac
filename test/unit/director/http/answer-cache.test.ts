import { beforeEach, describe, expect, it } from 'vitest';
import { type AnswerCache, answerCache } from '../../../../src/director/http/answer-cache.ts';
import type { Answer, Request } from '../../../../src/director/http/exchange.ts';
import type { Registry } from '../../../../src/registry/contract.ts';
import { ADMIN, ADMIN_OF_NOTHING } from '../../../support/director-asked.ts';

const ANSWER: Answer = { status: 200, headers: {}, body: '{"data":{}}' };

function request(body: string, caller = ADMIN): Request {
  return { method: 'POST', path: '/graphql', query: '', headers: {}, body, caller, requestId: 'test' };
}

describe('the answer cache', () => {
  const registry = { sequence: 1 as number | undefined };
  let cache: AnswerCache;
  const asked = (body: string, caller = ADMIN) => {
    const place = cache.placeOf(request(body, caller));
    if (!place.found) place.keep(ANSWER, registry.sequence);
    return place.found;
  };

  beforeEach(() => {
    registry.sequence = 1;
    cache = answerCache(registry as Registry);
  });

  it('keeps what was asked for a second time', () => {
    expect([asked('a'), asked('a'), asked('a')]).toEqual([undefined, undefined, ANSWER]);
    expect(asked('b')).toBeUndefined();
  });

  it('forgets with every write, and keeps at once then what was asked for again before', () => {
    asked('a');
    asked('a');
    registry.sequence = 2;
    expect([asked('a'), asked('a')]).toEqual([undefined, ANSWER]);
  });

  it('keeps no answer that a write overtook', () => {
    asked('a');
    cache.placeOf(request('a')).keep(ANSWER, 0);
    expect(cache.placeOf(request('a')).found).toBeUndefined();
  });

  it('answers equal callers alike and others never', () => {
    asked('a');
    asked('a');
    expect(asked('a', { ...ADMIN })).toBe(ANSWER);
    expect(asked('a', ADMIN_OF_NOTHING)).toBeUndefined();
    expect(asked('a', { ...ADMIN, scopes: [] })).toBeUndefined();
  });

  it('keeps nothing where other processes write too', () => {
    registry.sequence = undefined;
    expect([asked('a'), asked('a'), asked('a')]).toEqual([undefined, undefined, undefined]);
  });
});
