import type { Concept } from '../concept.ts';
import { EMPTY_PAGE } from '../page.ts';

/** No health checks are made: the list is there for clients that ask for it, whatever they ask (`reference: facts/runtimes.md 11`). */
export const healthCheck: Concept = { resolvers: { Query: { healthChecks: () => EMPTY_PAGE } } };
