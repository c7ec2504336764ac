import type { ApplicationRecord } from '../application/records.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import type {
  ApplicationIntegrationDependenciesArgs,
  MutationAddIntegrationDependencyToApplicationArgs,
  MutationDeleteIntegrationDependencyArgs,
} from '../schema/types.generated.ts';
import { dependencyFaults } from './input.ts';
import { integrationDependencies, type IntegrationDependencyRecord, packages } from './records.ts';
import { addDependency, deleteDependency, dependenciesOfApplication } from './rules.ts';

/** Aspects and their event resources come and go with the dependency: they show its time of creation. */
const aspectsOf = ({ aspects, createdAt }: IntegrationDependencyRecord) =>
  aspects.map((aspect) => ({
    ...aspect,
    created_at: createdAt,
    eventResources: aspect.eventResources.map((resource) => ({ ...resource, created_at: createdAt })),
  }));

export const integrationDependency: Concept = {
  collections: [integrationDependencies, packages],
  validators: { IntegrationDependencyInput: dependencyFaults },
  resolvers: {
    Mutation: {
      addIntegrationDependencyToApplication: (_, args: MutationAddIntegrationDependencyToApplicationArgs, ctx) =>
        ctx.write((call) => addDependency(call, args.appID, args.in)),
      deleteIntegrationDependency: (_, args: MutationDeleteIntegrationDependencyArgs, ctx) =>
        ctx.write((call) => deleteDependency(call, args.id)),
    },
    IntegrationDependency: {
      partOfPackage: (dependency: IntegrationDependencyRecord) => dependency.packageID,
      aspects: aspectsOf,
      created_at: (dependency: IntegrationDependencyRecord) => dependency.createdAt,
    },
    Application: {
      integrationDependencies: (application: ApplicationRecord, args: ApplicationIntegrationDependenciesArgs, { call }: DirectorContext) =>
        dependenciesOfApplication(call, application, args),
    },
  },
};
