/** All concepts of the Director, in one list: a new folder is added here. */
import type { Concept } from './concept.ts';
import { automaticScenarioAssignment } from './automatic-scenario-assignment/resolvers.ts';
import { healthCheck } from './health-check/resolvers.ts';
import { viewer } from './viewer/resolvers.ts';
import { api } from './api/resolvers.ts';
import { bundle } from './bundle/resolvers.ts';
import { document } from './document/resolvers.ts';
import { event } from './event/resolvers.ts';
import { integrationDependency } from './integration-dependency/resolvers.ts';
import { scalars } from './schema/resolvers.ts';

export const CONCEPTS: readonly Concept[] = [scalars, viewer, healthCheck, automaticScenarioAssignment, api, bundle, document, event, integrationDependency];
