/** What each folder of the Director gives to the schema: its resolvers and the checks that run around them. Its `resolvers.ts` exports one. */
import type { GraphQLFieldResolver, GraphQLScalarType } from 'graphql';
import type { Collection, Awaitable } from '../registry/contract.ts';
import type { DirectorContext } from './context.ts';
import type { Faults } from './validation.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- the shape of parents and arguments is that of each field; `Resolvers` (generated) is what concepts are checked against
type AnyResolver = GraphQLFieldResolver<any, DirectorContext, any, any>;

export interface Concept {
  /** Resolvers by type and field; `__resolveType` for unions and interfaces. */
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, AnyResolver | ((value: never) => string)>> | GraphQLScalarType>>;
  /** Judges of input types: called for every argument that carries `@validate`, before scopes. May throw a DirectorError itself where the wire has a text of its own. */
  // oxlint-disable-next-line typescript/no-explicit-any -- inputs are typed in each judge
  readonly validators?: Readonly<Record<string, (input: any) => Faults | undefined>>;
  /** Checks of a root field that come after `@validate` and before its scopes: such as "does the application exist". */
  // oxlint-disable-next-line typescript/no-explicit-any -- arguments are typed in each check
  readonly beforeScopes?: Readonly<Record<string, (args: any, context: DirectorContext) => Awaitable<void>>>;
  /** Checks of a root field that come after its scopes and before its resolver (`@hasScenario`). */
  // oxlint-disable-next-line typescript/no-explicit-any -- arguments are typed in each check
  readonly afterScopes?: Readonly<Record<string, (args: any, context: DirectorContext) => Awaitable<void>>>;
  /** For `registry info|check|copy`: every collection of the concept. */
  // oxlint-disable-next-line typescript/no-explicit-any -- records of all kinds
  readonly collections?: readonly Collection<any, any>[];
}
