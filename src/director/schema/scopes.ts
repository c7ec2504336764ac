/** How the schema's directives hold: what a caller must have for a field, an input field, or to see a value. */
import {
  type DirectiveNode,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type ASTNode,
  Kind,
} from 'graphql';
import { REQUIRED_SCOPES } from '../../identity/scopes.ts';
import { DirectorError } from '../errors.ts';

/** The directive of that name on a definition, with its arguments as texts. */
export function directiveOf(node: ASTNode | null | undefined, name: string): Record<string, string> | undefined {
  const directives = (node as { directives?: readonly DirectiveNode[] } | null | undefined)?.directives;
  const directive = directives?.find((candidate) => candidate.name.value === name);
  if (!directive) return undefined;
  return Object.fromEntries(
    (directive.arguments ?? []).map((argument) => [
      argument.name.value,
      argument.value.kind === Kind.STRING || argument.value.kind === Kind.ENUM ? argument.value.value : '',
    ]),
  );
}

/** Scopes of a row of the table. A directive that names no row is a fault of ours, found when the schema is built. */
export function scopesOf(path: string): readonly string[] {
  const scopes = REQUIRED_SCOPES[path];
  if (!scopes) throw new Error(`no scopes are defined for ${path}`);
  return scopes;
}

export const hasScopes = (actual: readonly string[], required: readonly string[]): boolean =>
  required.every((scope) => actual.includes(scope));

/** @throws InsufficientScopes */
export function requireScopes(actual: readonly string[], required: readonly string[]): void {
  if (!hasScopes(actual, required))
    throw new DirectorError('InsufficientScopes', { actual: actual.join(';'), required: required.join(';') });
}

export type InputGuard = (value: unknown, actual: readonly string[]) => void;

/** A check of the protected fields inside an input type: only those that are present are looked at. Undefined where the type has none. */
export function inputGuard(type: GraphQLInputType, seen = new Set<string>()): InputGuard | undefined {
  if (isNonNullType(type)) return inputGuard(type.ofType, seen);
  if (isListType(type)) {
    const inner = inputGuard(type.ofType, seen);
    return inner && ((value, actual) => Array.isArray(value) && value.forEach((item) => inner(item, actual)));
  }
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named.name)) return undefined;
  const within = new Set(seen).add(named.name);
  const guards = Object.values(named.getFields()).flatMap((field): [string, InputGuard][] => {
    const directive = directiveOf(field.astNode, 'hasScopes');
    if (directive) {
      const required = scopesOf(directive.path!);
      return [[field.name, (_, actual) => requireScopes(actual, required)]];
    }
    const inner = inputGuard(field.type, within);
    return inner ? [[field.name, inner]] : [];
  });
  if (guards.length === 0) return undefined;
  return (value, actual) => {
    if (value === null || typeof value !== 'object') return;
    for (const [name, guard] of guards) if (name in value) guard((value as Record<string, unknown>)[name], actual);
  };
}
