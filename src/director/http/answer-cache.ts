/**
 * Answers to queries that would be asked again with nothing changed between: kept for one sequence number of the Registry and one identity.
 * Right by construction while every write moves the sequence; where other processes write too there is no sequence, and nothing is kept.
 */
import { LRUCache } from 'lru-cache';
import type { Identity } from '../../identity/identity.ts';
import type { Registry } from '../../registry/contract.ts';
import type { Answer, Request } from './exchange.ts';

const MAX_CHARACTERS = 16_000_000;
const MAX_IDENTITIES = 1_000;
/** Requests that are remembered for having been made once. */
const MAX_MADE_ONCE = 2_000;

export interface AnswerCache {
  placeOf(request: Request): AnswerPlace;
}

/** Where the answer to one request is kept. */
export interface AnswerPlace {
  /** What was kept there, if it still holds. */
  readonly found: Answer | undefined;
  /** Keeps it where the request was made before. `asOf`: the sequence number before the answer was made; an answer that a write overtook is not kept. */
  keep(answer: Answer, asOf: number | undefined): void;
}

/** A new one each time: emptying one takes as long as it has ever been. */
const emptied = () =>
  new LRUCache<string, Answer>({ maxSize: MAX_CHARACTERS, sizeCalculation: ({ body }, key) => key.length + body.length });

const NOWHERE: AnswerPlace = { found: undefined, keep: () => {} };

export function answerCache(registry: Registry): AnswerCache {
  let known = emptied();
  const numbers = new WeakMap<Identity, number>();
  const equals = new LRUCache<string, number>({ max: MAX_IDENTITIES });
  const madeOnce = new LRUCache<string, true>({ max: MAX_MADE_ONCE });
  let last = 0;
  let sequence: number | undefined;

  /** Equal identities have the same number, which is shorter than what it stands for; none is given twice. */
  const numberOf = (identity: Identity): number => {
    const found = numbers.get(identity);
    if (found !== undefined) return found;
    const text = JSON.stringify(identity);
    const number = equals.get(text) ?? ++last;
    equals.set(text, number);
    numbers.set(identity, number);
    return number;
  };
  const keyOf = (request: Request) =>
    `${numberOf(request.caller)}\n${request.method}\n${request.headers['content-type'] ?? ''}\n${request.query}\n${request.body}`;

  return {
    placeOf(request) {
      const { sequence: now } = registry;
      if (now === undefined) return NOWHERE;
      const key = keyOf(request);
      return {
        found: now === sequence ? known.get(key) : undefined,
        keep(answer, asOf) {
          if (registry.sequence !== asOf) return;
          if (asOf !== sequence) {
            known = emptied();
            sequence = asOf;
          }
          // what nobody asks for again is not worth its room, nor the work of clearing it away
          if (madeOnce.has(key)) known.set(key, answer);
          else madeOnce.set(key, true);
        },
      };
    },
  };
}
