import type { Concept } from '../concept.ts';
import { viewerOf } from './rules.ts';

export const viewer: Concept = { resolvers: { Query: { viewer: (_, __, { call }) => viewerOf(call) } } };
