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
import { auth } from './auth/resolvers.ts';
import { webhook } from './webhook/resolvers.ts';
import { systemAuth } from './system-auth/resolvers.ts';
import { oneTimeToken } from './one-time-token/resolvers.ts';
import { integrationSystem } from './integration-system/resolvers.ts';
import { certificateSubjectMapping } from './certificate-subject-mapping/resolvers.ts';
import { operation } from './operation/resolvers.ts';
import { formation } from './formation/resolvers.ts';
import { formationAssignment } from './formation-assignment/resolvers.ts';
import { formationConstraint } from './formation-constraint/resolvers.ts';
import { formationTemplate } from './formation-template/resolvers.ts';
import { tenant } from './tenant/resolvers.ts';
import { tenantAccess } from './tenant-access/resolvers.ts';
import { runtime } from './runtime/resolvers.ts';
import { runtimeContext } from './runtime-context/resolvers.ts';
import { eventing } from './eventing/resolvers.ts';
import { subscription } from './subscription/resolvers.ts';
import { application } from './application/resolvers.ts';
import { applicationTemplate } from './application-template/resolvers.ts';
import { labelDefinition } from './label-definition/resolvers.ts';
import { bundleInstanceAuth } from './bundle-instance-auth/resolvers.ts';

export const CONCEPTS: readonly Concept[] = [
  scalars,
  viewer,
  healthCheck,
  automaticScenarioAssignment,
  api,
  bundle,
  document,
  event,
  integrationDependency,
  auth,
  webhook,
  systemAuth,
  oneTimeToken,
  integrationSystem,
  certificateSubjectMapping,
  operation,
  formation,
  formationAssignment,
  formationConstraint,
  formationTemplate,
  tenant,
  tenantAccess,
  runtime,
  runtimeContext,
  eventing,
  subscription,
  application,
  applicationTemplate,
  labelDefinition,
  bundleInstanceAuth,
];
