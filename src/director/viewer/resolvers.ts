import type { Concept } from '../concept.ts';
import { viewerOf } from './rules.ts';

export const viewer: Concept = { resolvers: { Query: { viewer: (_, __, { caller }) => viewerOf(caller) } } };
