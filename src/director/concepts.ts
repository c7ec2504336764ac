/** All concepts of the Director, in one list: a new folder is added here. */
import type { Concept } from './concept.ts';
import { automaticScenarioAssignment } from './automatic-scenario-assignment/resolvers.ts';
import { healthCheck } from './health-check/resolvers.ts';
import { viewer } from './viewer/resolvers.ts';

export const CONCEPTS: readonly Concept[] = [viewer, healthCheck, automaticScenarioAssignment];
