/** Patterns of JSON Schemas, which anybody may write: matched within a budget of time, since some would keep the whole plane busy for years. */
import { createContext, Script } from 'node:vm';

/** Milliseconds for all matches of one check together. */
const BUDGET = 250;

const sandbox = createContext(Object.create(null) as { pattern?: RegExp; text?: string });
const match = new Script('pattern.test(text)');

/** Patterns were written for an engine without the stricter Unicode mode: what that refuses is read without it. */
function read(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}

/** What the schema compiler makes patterns with, for one check. A match throws when the budget is used up. */
export function patternEngine(): ((pattern: string, flags: string) => { test(text: string): boolean }) & { code: string } {
  let left = BUDGET;
  const engine = (source: string, flags: string) => {
    const pattern = read(source, flags);
    return {
      test(text: string): boolean {
        const begin = performance.now();
        Object.assign(sandbox, { pattern, text });
        try {
          return match.runInContext(sandbox, { timeout: Math.max(1, Math.ceil(left)) }) as boolean;
        } finally {
          left -= performance.now() - begin;
        }
      },
    };
  };
  return Object.assign(engine, { code: 'new RegExp' });
}
