/** Fields, their arguments and directives. */
import {
  type ArgumentNode,
  type ASTNode,
  type GraphQLAbstractType,
  type GraphQLNamedType,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
} from 'graphql';
import { anyOf, didYouMean, similar } from './suggestions.ts';
import { fieldsOf, type FieldMeaning, type MakeRule, type Walk } from './walk.ts';

/** Types below an abstract one that have the field: interfaces that several of them share first. */
function typesWith({ schema }: Walk, parent: GraphQLAbstractType, field: string): readonly string[] {
  const objects = schema.getPossibleTypes(parent).filter((type) => type.getFields()[field]);
  const uses = new Map<string, number>();
  for (const type of objects)
    for (const shared of type.getInterfaces()) if (shared.getFields()[field]) uses.set(shared.name, (uses.get(shared.name) ?? 0) + 1);
  const ofType = (name: string) => uses.get(name) ?? 0;
  return [...uses.keys(), ...objects.map(({ name }) => name)].sort((a, b) => ofType(b) - ofType(a) || (a < b ? -1 : 1));
}

function meant(walk: Walk, parent: GraphQLNamedType, field: string): string {
  const types = isAbstractType(parent) ? typesWith(walk, parent, field) : [];
  if (types.length > 0) return ` Did you mean to use an inline fragment on ${anyOf(types.map((name) => `"${name}"`))}?`;
  return isAbstractType(parent) && !isInterfaceType(parent) ? '' : didYouMean(similar(field, Object.keys(fieldsOf(walk.schema, parent))));
}

export const fieldsOnCorrectType: MakeRule = (walk) => ({
  field(node, parent, meaning) {
    if (!parent || meaning) return;
    const name = node.name.value;
    walk.fault(node, `Cannot query field "${name}" on type "${parent.name}".${meant(walk, parent, name)}`);
  },
});

export const scalarLeafs: MakeRule = (walk) => ({
  field(node, _, meaning) {
    if (!meaning) return;
    const type = getNamedType(meaning.type);
    const name = node.name.value;
    if (isLeafType(type) && node.selectionSet)
      walk.fault(node, `Field "${name}" must not have a selection since type "${type.name}" has no subfields.`);
    if (!isLeafType(type) && !node.selectionSet)
      walk.fault(
        node,
        `Field "${name}" of type "${String(meaning.type)}" must have a selection of subfields. Did you mean "${name} { ... }"?`,
      );
  },
});

type Known = FieldMeaning['args'];

/** Faults of arguments are told at the field or directive that has them. */
export const knownArgumentNames: MakeRule = (walk) => {
  const look = (at: ASTNode, given: readonly ArgumentNode[] = [], known: Known, where: string) => {
    const names = known.map(({ name }) => name);
    for (const { name } of given)
      if (!names.includes(name.value))
        walk.fault(at, `Unknown argument "${name.value}" on ${where}.${didYouMean(similar(name.value, names))}`);
  };
  return {
    field(node, parent, meaning) {
      if (parent && meaning) look(node, node.arguments, meaning.args, `field "${parent.name}.${node.name.value}"`);
    },
    directive(node, meaning) {
      if (meaning) look(node.name, node.arguments, meaning.args, `directive "@${node.name.value}"`);
    },
  };
};

export const providedRequiredArguments: MakeRule = (walk) => {
  const look = (at: ASTNode, given: readonly ArgumentNode[] = [], known: Known, where: string) => {
    for (const { name, type, defaultValue } of known)
      if (isNonNullType(type) && defaultValue === undefined && !given.some((argument) => argument.name.value === name))
        walk.fault(at, `${where} argument "${name}" of type "${String(type)}" is required, but it was not provided.`);
  };
  return {
    field(node, _, meaning) {
      if (meaning) look(node, node.arguments, meaning.args, `Field "${node.name.value}"`);
    },
    directive(node, meaning) {
      if (meaning) look(node.name, node.arguments, meaning.args, `Directive "@${node.name.value}"`);
    },
  };
};

export const uniqueArgumentNames: MakeRule = (walk) => {
  const look = (given: readonly ArgumentNode[] = []) => {
    const seen = new Map<string, number>();
    for (const node of given) {
      const name = node.name.value;
      const times = seen.get(name) ?? 0;
      if (times === 1) walk.fault(node, `There can be only one argument named "${name}".`);
      seen.set(name, times + 1);
    }
  };
  return { field: (node) => look(node.arguments), directive: (node) => look(node.arguments) };
};

export const knownDirectives: MakeRule = (walk) => {
  const told = new Set<ASTNode>();
  return {
    directive(node, meaning, location) {
      const name = node.name.value;
      if (!meaning) return walk.fault(node.name, `Unknown directive "@${name}".`);
      if (told.has(node) || (meaning.locations as readonly string[]).includes(location)) return;
      walk.fault(node.name, `Directive "@${name}" may not be used on ${location}.`);
      told.add(node);
    },
  };
};

export const uniqueDirectivesPerLocation: MakeRule = (walk) => ({
  directives(nodes) {
    const seen = new Set<string>();
    for (const { name } of nodes) {
      if (seen.has(name.value)) walk.fault(name, `The directive "@${name.value}" can only be used once at this location.`);
      seen.add(name.value);
    }
  },
});
