import type { Concept } from '../concept.ts';
import { SCALARS } from './scalars.ts';

export const scalars: Concept = { resolvers: SCALARS };
