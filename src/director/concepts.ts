/** All concepts of the Director, in one list: a new folder is added here. */
import type { Concept } from './concept.ts';

export const CONCEPTS: readonly Concept[] = [];
