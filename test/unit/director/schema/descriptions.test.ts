/** Whoever explores the schema is told what everything in it means. */
import { buildSchema, Kind, parse, print, printSchema, type ASTNode, visit } from 'graphql';
import { expect, test } from 'vitest';
import { CONCEPTS } from '../../../../src/director/concepts.ts';
import { buildDirectorSchema } from '../../../../src/director/schema/build.ts';
import { SDL as CONNECTOR } from '../../../../src/connector/sdl.generated.ts';
import { SDL as PROVISIONER } from '../../../../src/provisioner/sdl.generated.ts';

interface Defined {
  readonly place: string;
  readonly kind: string;
  readonly description: string | undefined;
}

/** Everything in the printed schema that can have a description. */
function definedIn(sdl: string): readonly Defined[] {
  const found: Defined[] = [];
  const names: string[] = [];
  visit(parse(sdl), {
    enter(node: ASTNode) {
      if (!node.kind.endsWith('Definition')) return;
      const { name, description } = node as { name?: { value: string }; description?: { value: string } };
      if (node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.OPERATION_TYPE_DEFINITION) return false;
      names.push(name?.value ?? print(node));
      found.push({ place: names.join('.'), kind: node.kind, description: description?.value });
    },
    leave(node: ASTNode) {
      if (node.kind.endsWith('Definition') && node.kind !== Kind.OPERATION_TYPE_DEFINITION) names.pop();
    },
  });
  return found;
}

const { published } = buildDirectorSchema(CONCEPTS);
const director = definedIn(printSchema(published));
const isInDirective = ({ place }: Defined) => published.getDirective(place.split('.')[0]!) !== undefined && place.includes('.');

test('everything in the schema of the Director has a description', () => {
  expect(director.length).toBeGreaterThan(1_000);
  expect(director.filter((entry) => !entry.description?.trim() && !isInDirective(entry)).map(({ place }) => place)).toEqual([]);
});

test.each([
  ['Connector', CONNECTOR],
  ['Provisioner', PROVISIONER],
])('types, fields and values in the schema of the %s have descriptions', (_, sdl) => {
  const entries = definedIn(printSchema(buildSchema(sdl))).filter(({ place }) => place !== 'Query' && place !== 'Mutation');
  const ofArguments = (entry: Defined) => entry.kind === Kind.INPUT_VALUE_DEFINITION && entry.place.split('.').length > 2;
  expect(entries.filter((entry) => !entry.description?.trim() && !ofArguments(entry)).map(({ place }) => place)).toEqual([]);
});

test('descriptions are sentences, and say more than the name', () => {
  const bare = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  const faults = director.filter(({ place, kind, description = '' }) => {
    if (!description) return false;
    // values such as YAML are names of formats, and nothing more
    const echoes = kind !== Kind.ENUM_VALUE_DEFINITION && bare(description) === bare(place.split('.').at(-1)!);
    return echoes || !description.trim().endsWith('.');
  });
  expect(faults.map(({ place, description }) => `${place}: ${description}`)).toEqual([]);
});
