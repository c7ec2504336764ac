/** Operations and types in the language of schemas, with what is said of them as comments. */
import type { Argument, Field, NamedType, TypeRef } from './ask.ts';

export function typeText({ kind, name, ofType }: TypeRef): string {
  if (kind === 'NON_NULL') return `${typeText(ofType!)}!`;
  if (kind === 'LIST') return `[${typeText(ofType!)}]`;
  return name ?? '';
}

/** The name at the bottom of a list, or of what must not be null. */
export const namedType = ({ name, ofType }: TypeRef): string => (ofType ? namedType(ofType) : (name ?? ''));

const comment = (text: string | null, indent = '') =>
  text === null || text === '' ? [] : text.split('\n').map((line) => `${indent}# ${line}`.trimEnd());
const valueText = ({ name, type, defaultValue }: Argument) =>
  `${name}: ${typeText(type)}${defaultValue === null ? '' : ` = ${defaultValue}`}`;

export function fieldText({ name, args, type }: Field): string {
  const taken = args.length === 0 ? '' : `(${args.map(valueText).join(', ')})`;
  return `${name}${taken}: ${typeText(type)}`;
}

export const fieldLines = (field: Field, indent = ''): string[] => [...comment(field.description, indent), `${indent}${fieldText(field)}`];

const KEYWORDS: Readonly<Record<string, string>> = {
  OBJECT: 'type',
  INPUT_OBJECT: 'input',
  ENUM: 'enum',
  INTERFACE: 'interface',
  UNION: 'union',
  SCALAR: 'scalar',
};

export function typeLines(type: NamedType): string[] {
  const head = [...comment(type.description), `${KEYWORDS[type.kind] ?? type.kind} ${type.name}`];
  if (type.kind === 'UNION')
    return [...head.slice(0, -1), `${head.at(-1)} = ${(type.possibleTypes ?? []).map(({ name }) => name).join(' | ')}`];
  const inner = [
    ...(type.fields ?? []).flatMap((field) => fieldLines(field, '  ')),
    ...(type.inputFields ?? []).flatMap((field) => [...comment(field.description, '  '), `  ${valueText(field)}`]),
    ...(type.enumValues ?? []).flatMap(({ name, description }) => [...comment(description, '  '), `  ${name}`]),
  ];
  return inner.length === 0 ? head : [...head.slice(0, -1), `${head.at(-1)} {`, ...inner, '}'];
}
