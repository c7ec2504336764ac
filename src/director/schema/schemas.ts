/** The schemas of the Director: one that is shown, one that documents run on. */
import type { GraphQLSchema } from 'graphql';

export interface DirectorSchema {
  /** What documents are validated against and introspection shows. */
  readonly published: GraphQLSchema;
  /** What documents run on: every field is nullable there, so that a fault keeps nothing beside it, and no later mutation, from being answered. */
  readonly tolerant: GraphQLSchema;
  /** Names of root fields such as `Query.application` that no concept answers yet. */
  readonly unanswered: readonly string[];
}
