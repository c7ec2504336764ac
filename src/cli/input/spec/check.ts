/** Specifications are read before they are sent: how they are written, what they are, and where they are wrong. */
import type { ApiSpecType, EventSpecType, SpecFormat } from '../../../client/director.generated.ts';
import { Failure } from '../../failure/failure.ts';
import { type Fault, placeIn } from '../../../text/fault.ts';
import { jsonFault } from '../../../text/json-fault.ts';
import { readXml } from './xml.ts';
import { repeatedKey } from './repeated-key.ts';

export type SpecType = ApiSpecType | EventSpecType;

export interface Checked {
  readonly format: SpecFormat;
  /** Undefined where the text does not tell. */
  readonly type: SpecType | undefined;
  /** Such as `OpenAPI 3.0.3`. */
  readonly title: string | undefined;
  /** Longer than a plane takes: nobody has looked into it. */
  readonly unread?: true;
}

const MARK = '\uFEFF';

/** How a text is written, by its first character. */
function formatOf(text: string): SpecFormat {
  const [first] = text.replace(MARK, '').trimStart();
  if (first === '<') return 'XML';
  return first === '{' || first === '[' ? 'JSON' : 'YAML';
}

/** In characters. Longer texts are more than a plane takes at once: nobody waits for them to be read. */
const LONGEST = 8_000_000;

const wrong = (place: string, text: string, { at, reason }: Fault, format: SpecFormat) =>
  new Failure('invalid_data', `${place}:${placeIn(text, at)}: no ${format}: ${reason}.`, {
    hint: `Correct ${place} there and run the command again.`,
    details: { file: place, format, place: placeIn(text, at), reason },
  });

async function parseYaml(text: string, place: string): Promise<unknown> {
  const { parseDocument } = await import('../../output/yaml.ts');
  // The package compares each key with each other one: with many of them that takes minutes.
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
  const [error] = document.errors;
  const fault = error ? { at: error.pos[0], reason: error.message } : repeatedKey(document.contents);
  if (fault) throw wrong(place, text, fault, 'YAML');
  return document.toJS({ maxAliasCount: 100 }) as unknown;
}

/** A JSON text, which may have a byte order mark before it. */
function parseJson(text: string, place: string): unknown {
  const begin = text.startsWith(MARK) ? 1 : 0;
  const fault = jsonFault(text.slice(begin));
  if (fault) throw wrong(place, text, { ...fault, at: fault.at + begin }, 'JSON');
  return JSON.parse(text.slice(begin));
}

const KINDS: readonly (readonly [member: string, type: SpecType, title: string])[] = [
  ['openapi', 'OPEN_API', 'OpenAPI'],
  ['swagger', 'OPEN_API', 'Swagger'],
  ['asyncapi', 'ASYNC_API', 'AsyncAPI'],
  ['$Version', 'ODATA', 'OData'],
];

function kindOf(value: unknown): Pick<Checked, 'type' | 'title'> {
  if (typeof value !== 'object' || value === null) return { type: undefined, title: undefined };
  const [member, type, title] = KINDS.find(([name]) => Object.hasOwn(value, name)) ?? [];
  return { type, title: member && `${title} ${String((value as Record<string, unknown>)[member])}` };
}

/** @throws Failure invalid_data for an empty text, and for one that is not written as it should be, with line and column */
export async function checkSpec(text: string, place: string, asked?: SpecFormat): Promise<Checked> {
  if (text.trim() === '') throw new Failure('invalid_data', `${place} is empty.`, { hint: `Give a file with a specification in it.` });
  const format = asked ?? formatOf(text);
  if (text.length > LONGEST) return { format, type: undefined, title: undefined, unread: true };
  if (format === 'XML') {
    const read = readXml(text);
    if ('reason' in read) throw wrong(place, text, read, format);
    const isOData = /^(?:\w+:)?(?:Edmx|service)$/.test(read.root);
    return { format, type: isOData ? 'ODATA' : undefined, title: isOData ? 'OData' : undefined };
  }
  if (format === 'YAML') return { format, ...kindOf(await parseYaml(text, place)) };
  return { format, ...kindOf(parseJson(text, place)) };
}
