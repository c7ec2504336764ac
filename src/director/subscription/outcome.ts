/** What came of a subscription. */
import type { AutomaticMoves } from '../formation/automatic/moves.ts';

export interface Outcome {
  /** Whether the last instance that had a provider was dealt with; false if none had. */
  readonly answer: boolean;
  /** Ids of the applications that were made. */
  readonly registered: readonly string[];
  /** What the contexts that were made have joined: to be told after the transaction. */
  readonly moves: readonly AutomaticMoves[];
}

export const answered = (answer: boolean): Outcome => ({ answer, registered: [], moves: [] });

/** The outcome of an instance after those of the ones before. */
export const followedBy = (before: Outcome, next: Outcome): Outcome => ({
  answer: next.answer,
  registered: [...before.registered, ...next.registered],
  moves: [...before.moves, ...next.moves],
});
