/** The schemas of the Director: one that is shown, one that mutations run on. */
import type { GraphQLSchema } from 'graphql';

export interface DirectorSchema {
  /** What documents are validated against and introspection shows. */
  readonly published: GraphQLSchema;
  /** What mutations run on: root fields are nullable there, so that a failing one does not keep the later ones from running. */
  readonly mutating: GraphQLSchema;
  /** Names of root fields such as `Query.application` that no concept answers yet. */
  readonly unanswered: readonly string[];
}
